package localpool

import (
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	g "maragu.dev/gomponents"
)

// nasty tries to end whatever it stands in: a text, a quoted attribute, an
// address, the style sheet, the title.
const nasty = `"'><script>alert(1)</script></style></title><img src=x onerror="alert(1)"> javascript:alert(1) //evil.example &quot; ` + "`\x00"

// full is a page with text in every place that a page can show.
func full(body func(page) g.Node, text string) page {
	query := url.Values{"state": {text}, text: {"x"}}.Encode()
	return page{
		Body: body, Title: text, Heading: text, Lead: text, Alert: text, Notice: text, Wide: true, Nonce: text, CSRF: text, Query: query,
		Email: text, Password: text, Letter: letter{To: text, Purpose: text, Code: text}, Rules: text, Focus: text,
		People: []demoPerson{{Email: text + "1", Groups: text, Link: "/login?" + query}}, Domain: text, ClientID: text, Registered: []string{text}, Stranger: text, Code: text,
		Users: []Listed{{Email: text, Groups: []string{text}}}, Groups: []string{text},
	}
}

// markup is what makes the structure of a page.
func markup(page string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>"'`, r) {
			return r
		}
		return -1
	}, page)
}

func render(t *testing.T, p page) string {
	t.Helper()
	var b strings.Builder
	if err := layout(p).Render(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var address = regexp.MustCompile(`(?:href|action)="([^"]*)"`)

// checkAddresses holds every link and form of a page to the pool's own paths.
func checkAddresses(t *testing.T, page string) {
	t.Helper()
	paths := []string{"/login", "/signup", "/confirm", "/forgotPassword", "/confirmForgotPassword", "/admin"}
	for _, m := range address.FindAllStringSubmatch(page, -1) {
		to := html.UnescapeString(m[1])
		if u, err := url.Parse(to); to != icon && (err != nil || u.Scheme != "" || u.Host != "" || !slices.Contains(paths, u.Path)) {
			t.Errorf("the page leads to %q", to)
		}
	}
}

func TestNoTextBreaksOutOfAPageOrLeadsElsewhere(t *testing.T) {
	for name, body := range map[string]func(page) g.Node{
		"heading alone": nil, "login": loginBody, "signup": signupBody, "confirm": confirmBody, "forgot": forgotBody,
		"reset": resetBody, "admin": adminBody, "error": errorBody,
	} {
		t.Run(name, func(t *testing.T) {
			plain, tried := render(t, full(body, "plain")), render(t, full(body, nasty))
			if markup(plain) != markup(tried) {
				t.Errorf("text changes the structure:\n%s", tried)
			}
			if !strings.Contains(tried, html.EscapeString("<script>alert(1)")) {
				t.Error("the text is not shown at all")
			}
			checkAddresses(t, tried)
		})
	}
}

func TestNoRequestBreaksOutOfAPage(t *testing.T) {
	p, a := start(t, Options{})
	ask, err := url.Parse(a.ask())
	if err != nil {
		t.Fatal(err)
	}
	get := func(path string, q url.Values) string {
		resp, err := http.Get(p.Domain() + path + "?" + q.Encode())
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(body)
	}
	for _, path := range []string{"/login", "/signup", "/confirm", "/forgotPassword", "/error", "/signedOut", "/nowhere"} {
		var pages []string
		for _, text := range []string{"plain", nasty} {
			q := ask.Query()
			for _, key := range []string{"state", "login_hint", "error", "error_description", "demo", text} {
				q.Set(key, text)
			}
			page := get(path, q)
			checkAddresses(t, page)
			pages = append(pages, markup(page))
		}
		if pages[0] != pages[1] {
			t.Errorf("%s: the query changes the structure", path)
		}
	}
}
