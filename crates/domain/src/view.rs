//! The screens by name.

/// A screen that the menu, the page or a link can open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// What can be done here.
    Menu,
    /// A survey.
    Rating,
    /// Praise, an idea, a question.
    Feedback,
    /// The FAQ.
    Answers,
    /// Listen, Recap, Apologise, Resolve.
    Complaint,
    /// What became of a complaint.
    Status,
}

impl View {
    /// Every view.
    pub const ALL: [Self; 6] =
        [Self::Menu, Self::Rating, Self::Feedback, Self::Answers, Self::Complaint, Self::Status];

    /// The word in the config, in calls and in events.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Menu => "menu",
            Self::Rating => "rating",
            Self::Feedback => "feedback",
            Self::Answers => "answers",
            Self::Complaint => "complaint",
            Self::Status => "status",
        }
    }

    /// The view of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.as_str() == name)
    }
}
