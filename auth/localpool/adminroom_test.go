package localpool

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

var adminAddress = regexp.MustCompile(`^/admin/[0-9a-f]{32}$`)

// administrator opens the admin page with the address that the pool printed.
func administrator(t *testing.T, p *Pool) (*Person, Final) {
	t.Helper()
	b := NewPerson("", "")
	page, err := b.Open(t.Context(), p.AdminURL())
	if err != nil || page.Status != http.StatusOK || !strings.Contains(page.Body, "guest@example.com") {
		t.Fatalf("the admin page: %d %v", page.Status, err)
	}
	return b, page
}

func tokenOn(page Final) string {
	if m := csrfField().FindStringSubmatch(page.Body); m != nil {
		return m[1]
	}
	return ""
}

// Browsers keep cookies by host, not by port: a server of somebody else on
// another port of this machine is sent them.
func TestU6AServerOnAnotherPortIsSentNoUsefulCookie(t *testing.T) {
	p, _ := start(t, Options{})
	b, page := administrator(t, p)
	var sent []*http.Cookie
	other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { sent = append(sent, r.Cookies()...) }))
	defer other.Close()
	for _, path := range []string{"/", "/admin", "/admin/", "/admin/x", "/admin/" + strings.Repeat("0", 32), "/login"} {
		if _, err := b.Open(t.Context(), other.URL+path); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range sent {
		if strings.Contains(c.Name, "admin") || p.adminKey.Equal(c.Value) {
			t.Errorf("it was sent %s", c.Name)
		}
	}
	// Even one that guessed the path, so was sent every cookie that there is,
	// has only what the path itself must be known for.
	here, err := url.Parse(page.URL)
	if err != nil || !adminAddress.MatchString(here.Path) {
		t.Fatalf("the page is at %s", page.URL)
	}
	stolen := b.http.Jar.Cookies(here)
	if len(stolen) == 0 {
		t.Fatal("there is no cookie at all")
	}
	for _, path := range []string{"/admin", "/admin/", "/admin/x", "/admin/" + strings.Repeat("0", 32)} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			if status, body := ask(p, method, path, stolen, url.Values{"_csrf": {tokenOn(page)}, "do": {"add"}, "email": {"guest@example.com"}, "group": {"A"}}); status != http.StatusForbidden && status != http.StatusNotFound && status != http.StatusMethodNotAllowed || strings.Contains(body, "guest@") {
				t.Errorf("%s %s with the cookies: %d", method, path, status)
			}
		}
	}
	for _, c := range stolen {
		if p.adminKey.Equal(c.Value) || p.apiKey.Equal(c.Value) || strings.Contains(here.Path, c.Value) {
			t.Errorf("%s is a key by itself", c.Name)
		}
	}
}

// ask sends one request without a browser.
func ask(p *Pool, method, path string, cookies []*http.Cookie, form url.Values) (int, string) {
	r := httptest.NewRequest(method, p.Domain()+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, c := range cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	p.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

// The page's address, its cookie and its form's token are worth nothing
// without each other, or with another browser's.
func TestU6AnAdminActionNeedsAddressCookieAndToken(t *testing.T) {
	p, _ := start(t, Options{})
	b, page := administrator(t, p)
	another, theirs := administrator(t, p)
	if page.URL == theirs.URL || tokenOn(page) == tokenOn(theirs) || tokenOn(page) == "" {
		t.Fatal("two browsers share an address or a token")
	}
	login, err := b.Open(t.Context(), p.Domain()+"/signup")
	if err != nil {
		t.Fatal(err)
	}
	here, there := at(t, page), at(t, theirs)
	own, foreign := b.http.Jar.Cookies(here), another.http.Jar.Cookies(there)
	change := func(token string) url.Values {
		return url.Values{"_csrf": {token}, "do": {"add"}, "email": {"guest@example.com"}, "group": {"Stolen"}}
	}
	for name, test := range map[string]struct {
		path    string
		cookies []*http.Cookie
		token   string
	}{
		"no cookie":                      {here.Path, nil, tokenOn(page)},
		"another browser's cookie":       {here.Path, foreign, tokenOn(page)},
		"another browser's address":      {there.Path, own, tokenOn(page)},
		"another browser's token":        {here.Path, own, tokenOn(theirs)},
		"no token":                       {here.Path, own, ""},
		"the token of a form of sign-up": {here.Path, own, tokenOn(login)},
	} {
		if status, _ := ask(p, http.MethodPost, test.path, test.cookies, change(test.token)); status != http.StatusForbidden {
			t.Errorf("%s: %d", name, status)
		}
		if name != "another browser's token" && name != "no token" && name != "the token of a form of sign-up" {
			if status, body := ask(p, http.MethodGet, test.path, test.cookies, nil); status != http.StatusForbidden || strings.Contains(body, "guest@") {
				t.Errorf("%s: GET gives %d", name, status)
			}
		}
	}
	for _, u := range p.Users() {
		if strings.Contains(strings.Join(u.Groups, " "), "Stolen") {
			t.Fatalf("%s got a group", u.Email)
		}
	}
	if status, _ := ask(p, http.MethodPost, here.Path, own, change(tokenOn(page))); status != http.StatusOK {
		t.Errorf("with all three: %d", status)
	}
}

func at(t *testing.T, page Final) *url.URL {
	t.Helper()
	u, err := url.Parse(page.URL)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestU6TheAdminCookieIsStrict(t *testing.T) {
	p, _ := start(t, Options{})
	still := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := still.Get(p.AdminURL())
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	all := resp.Cookies()
	if len(all) != 1 || !all[0].HttpOnly || all[0].SameSite != http.SameSiteStrictMode || all[0].Path != resp.Header.Get("Location") || !adminAddress.MatchString(all[0].Path) || len(all[0].Value) < 32 {
		t.Errorf("cookies %v, sent to %q", all, resp.Header.Get("Location"))
	}
}

// A script that opens the address again and again does not fill the memory.
func TestAdminPagesAreBounded(t *testing.T) {
	p, _ := start(t, Options{})
	first, page := administrator(t, p)
	for range 2 * maxAdminSessions {
		if status, _ := ask(p, http.MethodGet, strings.TrimPrefix(p.AdminURL(), p.Domain()), nil, nil); status != http.StatusSeeOther {
			t.Fatalf("status %d", status)
		}
	}
	if n := p.admins.count(); n > maxAdminSessions {
		t.Errorf("%d rooms", n)
	}
	if again, err := first.Open(t.Context(), page.URL); err != nil || again.Status != http.StatusForbidden {
		t.Errorf("the oldest: %d %v", again.Status, err)
	}
}

func TestU7WithoutResetNobodyElseSetsAPassword(t *testing.T) {
	p, a := start(t, Options{NoReset: true})
	query := strings.TrimPrefix(a.ask(), p.Domain()+Authorize)
	b := NewPerson("guest@example.com", DemoPassword)
	login, err := b.Open(t.Context(), p.Domain()+"/login"+query)
	if err != nil || strings.Contains(login.Body, "orgot") {
		t.Errorf("the login page speaks of it (%v)", err)
	}
	for _, path := range []string{"/forgotPassword", "/confirmForgotPassword"} {
		if page, err := b.Open(t.Context(), p.Domain()+path+query); err != nil || page.Status != http.StatusNotFound || tokenOn(page) != "" {
			t.Errorf("GET %s: %d %v", path, page.Status, err)
		}
		status, body := ask(p, http.MethodPost, path, b.http.Jar.Cookies(at(t, login)), url.Values{
			"_csrf": {tokenOn(login)}, "username": {"analyst@example.com"}, "code": {"000000"}, "password": {"Another1!"},
		})
		if status != http.StatusNotFound || strings.Contains(body, "data-code") {
			t.Errorf("POST %s: %d", path, status)
		}
	}
	with, c := start(t, Options{})
	page, err := NewPerson("", "").Open(t.Context(), with.Domain()+"/login"+strings.TrimPrefix(c.ask(), with.Domain()+Authorize))
	if err != nil || !strings.Contains(page.Body, "Forgot your password?") {
		t.Errorf("without the option the link is gone (%v)", err)
	}
}
