package localpool

import (
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"time"
)

// Person is somebody with a browser, played by a script over HTTP: the same
// requests, cookies, forms and redirects. It is for tests, the tour
// and the demo's people: see [Players].
type Person struct {
	Email, Password string
	http            *http.Client
}

// Final is the page on which the browser came to rest.
type Final struct {
	Status int
	URL    string
	Body   string
	Alert  string // what the page says went wrong, in plain text; "" = nothing
}

// NewPerson gives somebody with a fresh browser.
func NewPerson(email, password string) *Person {
	jar, _ := cookiejar.New(nil) // Without options it cannot fail.
	return &Person{Email: email, Password: password, http: &http.Client{
		Jar: jar, Timeout: 30 * time.Second, Transport: &http.Transport{Proxy: nil, DisableKeepAlives: true},
		// Go carries headers over a redirect; a browser names no origin when
		// it goes on with GET.
		CheckRedirect: func(r *http.Request, via []*http.Request) error {
			r.Header.Del("Origin")
			if len(via) >= 10 {
				return errors.New("redirected ten times")
			}
			return nil
		},
	}}
}

// Person is NewPerson, for who has a pool at hand.
func (p *Pool) Person(email, password string) *Person { return NewPerson(email, password) }

// SignIn opens the address that an app gave, signs in on the login page when
// one appears, and follows to wherever the browser is sent: with luck the
// app's own page. A page that says what went wrong is an error.
func (b *Person) SignIn(ctx context.Context, authorizeURL string) (Final, error) {
	page, err := b.Open(ctx, authorizeURL)
	if err != nil {
		return page, err
	}
	if page.on("/login") && page.Alert == "" {
		page, err = b.Submit(ctx, page, url.Values{"username": {b.Email}, "password": {b.Password}})
	}
	if err == nil && page.Alert != "" {
		err = fmt.Errorf("sign in as %s: %s", b.Email, page.Alert)
	}
	return page, err
}

// SignUp opens the address that an app gave, makes an account, confirms it
// with the code shown, and signs in.
func (b *Person) SignUp(ctx context.Context, authorizeURL string) (Final, error) {
	page, err := b.Open(ctx, authorizeURL)
	if err != nil {
		return page, err
	}
	page, err = b.Open(ctx, strings.Replace(page.URL, "/login?", "/signup?", 1))
	if err != nil {
		return page, err
	}
	page, err = b.Submit(ctx, page, url.Values{"username": {b.Email}, "password": {b.Password}})
	if err != nil || page.Alert != "" {
		return page, orAlert(err, "sign up", page)
	}
	page, err = b.Submit(ctx, page, url.Values{"username": {b.Email}, "code": {page.Code()}})
	if err != nil || page.Alert != "" {
		return page, orAlert(err, "confirm the sign-up", page)
	}
	page, err = b.Submit(ctx, page, url.Values{"username": {b.Email}, "password": {b.Password}})
	return page, orAlert(err, "sign in", page)
}

func orAlert(err error, tried string, page Final) error {
	if err == nil && page.Alert != "" {
		err = fmt.Errorf("%s: %s", tried, page.Alert)
	}
	return err
}

// Open goes to an address and follows redirects.
func (b *Person) Open(ctx context.Context, address string) (Final, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return Final{}, fmt.Errorf("open the page: %w", err)
	}
	return b.do(r)
}

// Submit fills in the form of a page and sends it as a browser would, with
// the hidden fields that the page put there.
func (b *Person) Submit(ctx context.Context, page Final, fields url.Values) (Final, error) {
	m := csrfField().FindStringSubmatch(page.Body)
	if m == nil {
		return page, fmt.Errorf("the page at %s has no form to send (status %d)", withoutQuery(page.URL), page.Status)
	}
	fields.Set("_csrf", m[1])
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, page.URL, strings.NewReader(fields.Encode()))
	if err != nil {
		return page, fmt.Errorf("send the form: %w", err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", r.URL.Scheme+"://"+r.URL.Host)
	return b.do(r)
}

var (
	csrfField = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`name="_csrf" value="([0-9a-f]+)"`) })
	alertBox  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?s)<[a-z]+[^>]* role="alert"[^>]*>(.*?)</div>`) })
	codeBox   = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`data-code="([0-9]{6})"`) })
	tags      = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`<[^>]*>`) })
)

func (b *Person) do(r *http.Request) (Final, error) {
	resp, err := b.http.Do(r)
	if err != nil {
		return Final{}, fmt.Errorf("the browser could not open %s: %w", withoutQuery(r.URL.String()), unwrapURL(err))
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 4<<20))
	if err != nil {
		return Final{}, fmt.Errorf("the browser could not read %s: %w", withoutQuery(r.URL.String()), err)
	}
	page := Final{Status: resp.StatusCode, URL: resp.Request.URL.String(), Body: string(body)}
	if m := alertBox().FindStringSubmatch(page.Body); m != nil {
		page.Alert = strings.Join(strings.Fields(html.UnescapeString(tags().ReplaceAllString(m[1], " "))), " ")
	}
	return page, nil
}

// unwrapURL takes off what net/http adds: the address, with codes in it.
func unwrapURL(err error) error {
	var e *url.Error
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}

func withoutQuery(address string) string {
	before, _, _ := strings.Cut(address, "?")
	return before
}

// Code is the code from a mail that the page shows, "" when it shows none.
func (f Final) Code() string {
	if m := codeBox().FindStringSubmatch(f.Body); m != nil {
		return m[1]
	}
	return ""
}

func (f Final) on(path string) bool {
	u, err := url.Parse(f.URL)
	return err == nil && u.Path == path
}
