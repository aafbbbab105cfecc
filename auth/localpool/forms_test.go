package localpool

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestE4FormsNeedTheirToken(t *testing.T) {
	p, a := start(t, Options{})
	query := strings.TrimPrefix(a.ask(), p.Domain()+Authorize)
	b, stranger := NewPerson("guest@example.com", DemoPassword), NewPerson("", "")
	tokenOf := func(who *Person) string {
		page, err := who.Open(t.Context(), p.Domain()+"/login"+query)
		if err != nil {
			t.Fatal(err)
		}
		return csrfField().FindStringSubmatch(page.Body)[1]
	}
	own, others := tokenOf(b), tokenOf(stranger)
	for _, path := range []string{"/login", "/signup", "/confirm", "/forgotPassword", "/confirmForgotPassword", "/admin/x"} {
		for name, test := range map[string]struct{ token, origin string }{
			"none":               {"", ""},
			"made up":            {strings.Repeat("0", 64), ""},
			"another browser's":  {others, ""},
			"from another page":  {own, "http://attacker.example"},
			"from a hidden page": {own, "null"},
		} {
			t.Run(path+" "+name, func(t *testing.T) {
				form := url.Values{"username": {b.Email}, "password": {b.Password}, "_csrf": {test.token}}
				r, _ := http.NewRequest(http.MethodPost, p.Domain()+path+query, strings.NewReader(form.Encode()))
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
				if test.origin != "" {
					r.Header.Set("Origin", test.origin)
				}
				resp, err := b.http.Do(r)
				if err != nil {
					t.Fatal(err)
				}
				resp.Body.Close()
				if resp.StatusCode != http.StatusForbidden {
					t.Errorf("status %d", resp.StatusCode)
				}
			})
		}
	}
	if page, err := b.SignIn(t.Context(), a.ask()); err != nil || page.Body != "welcome back" {
		t.Errorf("and with its own: %v", err)
	}
}

func TestE4PagesKeepToThemselves(t *testing.T) {
	p, a := start(t, Options{RedirectURIs: []string{"http://[::1]:9/", "myapp://back"}})
	query := strings.TrimPrefix(a.ask(), p.Domain()+Authorize)
	outside := regexp.MustCompile(`(?i)(src|href|action)="(https?:)?//|@import|url\(|<script|\son[a-z]+=|style="`)
	for _, path := range []string{"/", "/login", "/signup", "/confirm", "/forgotPassword", "/error", "/signedOut", "/admin", "/nowhere"} {
		t.Run(path, func(t *testing.T) {
			resp, err := http.Get(p.Domain() + path + query)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			raw, _ := io.ReadAll(resp.Body)
			body, h := string(raw), resp.Header
			csp := h.Get("Content-Security-Policy")
			for _, want := range []string{
				"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'",
				"form-action 'self' http: myapp: " + strings.TrimSuffix(a.redirect, "/"),
			} {
				if !strings.Contains(csp, want) {
					t.Errorf("policy %q lacks %q", csp, want)
				}
			}
			if h.Get("X-Frame-Options") != "DENY" || h.Get("Cache-Control") != "no-store" || h.Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("headers %v", h)
			}
			nonce := regexp.MustCompile(`<style nonce="([0-9a-f]{32})">`).FindStringSubmatch(body)
			if nonce == nil || !strings.Contains(csp, "style-src 'nonce-"+nonce[1]+"'") {
				t.Errorf("the style's nonce %v is not in the policy", nonce)
			}
			if hit := outside.FindString(body); hit != "" {
				t.Errorf("the page has %q", hit)
			}
			for _, want := range []string{`<html lang="en">`, "tabgate local demo pool</title>", "<main", "<h1>", "prefers-color-scheme"} {
				if !strings.Contains(body, want) {
					t.Errorf("the page lacks %s", want)
				}
			}
		})
	}
}

func TestE4EveryFieldHasALabelAndTellsBrowsersWhatItIs(t *testing.T) {
	p, a := start(t, Options{})
	query := strings.TrimPrefix(a.ask(), p.Domain()+Authorize)
	field := regexp.MustCompile(`<input id="([a-z0-9]+)"[^>]*>`)
	for path, want := range map[string]string{
		"/login": "current-password", "/signup": "new-password", "/confirm": "one-time-code", "/forgotPassword": "username",
	} {
		page, err := NewPerson("", "").Open(t.Context(), p.Domain()+path+query)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(page.Body, `autocomplete="`+want+`"`) {
			t.Errorf("%s lacks autocomplete %s", path, want)
		}
		fields := field.FindAllStringSubmatch(page.Body, -1)
		if len(fields) == 0 || strings.Count(page.Body, " autofocus") != 1 {
			t.Errorf("%s: %d fields, %d in focus", path, len(fields), strings.Count(page.Body, " autofocus"))
		}
		for _, f := range fields {
			if !strings.Contains(page.Body, `<label for="`+f[1]+`">`) || !strings.Contains(f[0], "autocomplete=") {
				t.Errorf("%s: the field %s has no label or no autocomplete", path, f[1])
			}
		}
	}
}

func TestSigningInFailsWithoutTellingWhy(t *testing.T) {
	_, a := start(t, Options{})
	var alerts []string
	for _, who := range [][2]string{
		{"guest@example.com", "wrong"},
		{"nobody@example.com", DemoPassword},
		{"", ""},
		{"guest@example.com", ""},
		{`"><img src=x>`, "x"},
	} {
		page, err := NewPerson(who[0], who[1]).SignIn(t.Context(), a.ask())
		if err == nil || page.Status != http.StatusOK || strings.Contains(page.Body, "<img") {
			t.Errorf("%q: %d %v", who[0], page.Status, err)
		}
		alerts = append(alerts, fmt.Sprint(page.Status, page.Alert))
	}
	for _, alert := range alerts {
		if alert != "200That did not work. The email address or the password is not right." {
			t.Errorf("one says %q", alert)
		}
	}
	if a.got != nil {
		t.Errorf("the app was called: %v", a.got)
	}
}

func TestTenWrongPasswordsLockForAMinute(t *testing.T) {
	c := newClock()
	_, a := start(t, Options{Now: c.Now})
	for range wrongTries {
		if _, err := NewPerson("guest@example.com", "wrong").SignIn(t.Context(), a.ask()); err == nil {
			t.Fatal("signed in")
		}
	}
	b := NewPerson("guest@example.com", DemoPassword)
	if page, err := b.SignIn(t.Context(), a.ask()); err == nil || !strings.Contains(page.Alert, "wait a minute") {
		t.Errorf("%v %q", err, page.Alert)
	}
	c.pass(time.Minute)
	if _, err := b.SignIn(t.Context(), a.ask()); err != nil {
		t.Error(err)
	}
}

func TestADemoPersonsLinkFillsInTheForm(t *testing.T) {
	p, a := start(t, Options{})
	b := NewPerson("", "")
	page, err := b.Open(t.Context(), a.ask())
	if err != nil {
		t.Fatal(err)
	}
	link := regexp.MustCompile(`href="(/login\?[^"]*demo=underwriter[^"]*)"`).FindStringSubmatch(page.Body)
	if link == nil {
		t.Fatal("no link for the underwriter")
	}
	page, err = b.Open(t.Context(), p.Domain()+strings.ReplaceAll(link[1], "&amp;", "&"))
	if err != nil || !strings.Contains(page.Body, `value="`+DemoPassword+`"`) || !strings.Contains(page.Body, `value="underwriter@example.com"`) {
		t.Errorf("%v: the form is not filled in", err)
	}
	if strings.Contains(page.Body, "demo=underwriter@example.com&amp;demo") || strings.Contains(page.URL, "demo=guest") {
		t.Error("the links grow")
	}
}

func TestAPoolWithItsOwnPeopleListsNobody(t *testing.T) {
	_, a := start(t, Options{Users: []User{{Email: "ana@example.com", Password: "Secret-1x"}}})
	page, err := NewPerson("", "").Open(t.Context(), a.ask())
	if err != nil || strings.Contains(page.Body, "Demo people") || strings.Contains(page.Body, "ana@") || strings.Contains(page.Body, DemoPassword) {
		t.Errorf("%v: the page tells too much", err)
	}
	if _, err := NewPerson("ANA@example.com", "Secret-1x").SignIn(t.Context(), a.ask()); err != nil {
		t.Error(err)
	}
	if _, err := NewPerson("guest@example.com", DemoPassword).SignIn(t.Context(), a.ask()); err == nil {
		t.Error("the demo people are in it")
	}
}

// A double click sends the form twice, both times with the cookie from before
// the sign-in, which the first one has replaced. The browser shows what comes
// of the second.
func TestADoubleClickSignsIn(t *testing.T) {
	p, a := start(t, Options{})
	query := strings.TrimPrefix(a.ask(), p.Domain()+Authorize)
	b := NewPerson("guest@example.com", DemoPassword)
	page, err := b.Open(t.Context(), p.Domain()+"/login"+query)
	if err != nil {
		t.Fatal(err)
	}
	at, _ := url.Parse(p.Domain())
	form := url.Values{"username": {b.Email}, "password": {b.Password}, "_csrf": {csrfField().FindStringSubmatch(page.Body)[1]}}
	still := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for range 2 {
		r, _ := http.NewRequest(http.MethodPost, p.Domain()+"/login"+query, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for _, c := range b.http.Jar.Cookies(at) {
			r.AddCookie(c)
		}
		resp, err := still.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		to, _ := resp.Location()
		if resp.StatusCode != http.StatusFound || to.Query().Get("code") == "" {
			t.Errorf("status %d, to %v", resp.StatusCode, to)
		}
	}
}
