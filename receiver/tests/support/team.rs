//! The team that reads the register: signs in, looks at pages, sends forms.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use super::{Answer, Receiver};

/// Somebody of the team, signed in.
pub struct Team<'a> {
    pub receiver: &'a Receiver,
    pub cookie: String,
}

pub async fn post(receiver: &Receiver, path: &str, cookie: &str, origin: &str, form: String) -> Answer {
    let request = Request::post(path)
        .header("host", "care.example")
        .header("origin", origin)
        .header("cookie", cookie)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(form))
        .unwrap();
    receiver.ask(request).await
}

pub async fn sign_in(receiver: &Receiver) -> Team<'_> {
    let token = receiver::new_token(&receiver.store).await.unwrap();
    let form = format!("token={}", token.to_lowercase());
    let answer = post(receiver, "/register/login", "", "http://care.example", form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let cookie = answer.header("set-cookie");
    assert!(cookie.ends_with("; Path=/register; Max-Age=43200; HttpOnly; SameSite=Strict"), "{cookie}");
    Team { receiver, cookie: cookie.split(';').next().unwrap().to_owned() }
}

impl Team<'_> {
    pub async fn see(&self, path: &str) -> String {
        let request = Request::get(path)
            .header("host", "care.example")
            .header("cookie", &self.cookie)
            .body(Body::empty())
            .unwrap();
        let answer = self.receiver.ask(request).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
        assert!(
            answer.header("content-security-policy").starts_with("default-src 'none'; style-src 'self';")
        );
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cache-control"), "no-store");
        answer.text
    }

    pub async fn csrf(&self) -> String {
        let page = self.see("/register").await;
        page.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    }

    pub async fn advance(&self, reference: &str, form: &str) -> Answer {
        let path = format!("/register/complaints/{reference}");
        let form = format!("csrf={}&{form}", self.csrf().await);
        post(self.receiver, &path, &self.cookie, "http://care.example", form).await
    }

    /// Puts what says so and waits apart among the others.
    pub async fn releases(&self, said: &str) {
        let page = self.see("/register/quarantine").await;
        let card = page.split("<li class=\"card\">").find(|card| card.contains(said)).unwrap();
        let seq = card.split("action=\"/register/quarantine/").nth(1).unwrap().split('"').next().unwrap();
        let form = format!("csrf={}", self.csrf().await);
        let path = format!("/register/quarantine/{seq}");
        let answer = post(self.receiver, &path, &self.cookie, "http://care.example", form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
    }
}
