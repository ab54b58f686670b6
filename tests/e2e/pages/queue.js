window.allEars = window.allEars || function () { (allEars.q = allEars.q || []).push(arguments); };
window.heard = [];
allEars("on", "submit", (event) => window.heard.push(event && event.detail ? event.detail : event));
allEars("context", { order: "A-1001", product: "Ridgeway trail boots" });
allEars("identify", { name: "Sam Rivers", email: "sam.rivers@example.com" });
allEars("open", "feedback");
