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

    /// Their words in the config, in calls and in events, in the same order.
    pub const NAMES: [&'static str; 6] = ["menu", "rating", "feedback", "answers", "complaint", "status"];

    /// Its word.
    pub fn as_str(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// The view of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::NAMES.iter().position(|own| *own == name).map(|at| Self::ALL[at])
    }
}

#[cfg(test)]
mod tests {
    use super::View;

    #[test]
    fn a_view_has_its_own_name() {
        assert_eq!(View::ALL.map(View::as_str), View::NAMES);
        assert_eq!(View::NAMES.map(View::parse), View::ALL.map(Some));
        assert_eq!(View::Complaint.as_str(), "complaint");
    }
}
