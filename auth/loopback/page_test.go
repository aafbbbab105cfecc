package loopback

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestL10TextOfTheProviderNeverActsOnATerminalOrAPage(t *testing.T) {
	nasty := map[string]string{
		"an escape sequence":    "\x1b[31mred\x1b[0m",
		"the clipboard":         "\x1b]52;c;aGk=\x07",
		"a C1 control":          "a\u009b31mb",
		"a raw C1 byte":         "a\x9b31mb",
		"a right-to-left mark":  "a\u202eb\u2066c",
		"newlines":              "line one\r\nline two\u2028three",
		"a script":              `<script>alert(1)</script>"'><img src=x onerror=alert(1)>`,
		"thousands of bytes":    strings.Repeat("\x1bx", 450),
		"a title of the window": "\x1b]0;owned\x07",
	}
	for name, text := range nasty {
		t.Run(name, func(t *testing.T) {
			l := open(t, "/", Options{})
			get(t, l, callback("error", text[:min(len(text), 60)], "error_description", text, "state", "no"))
			a := get(t, l, callback("error", text, "error_description", text, "state", goodState))
			if a.Status != http.StatusSeeOther {
				t.Fatalf("got %d", a.Status)
			}
			_, err := outcome(t, l)
			l.Finish(err)
			page := get(t, l, l.done)
			for where, shown := range map[string]string{"error": err.Error(), "page": page.Body, "hint": <-l.Hints()} {
				if i := strings.IndexAny(shown, "\x1b\a\r\u009b\u202e\u2066\u2028"); i >= 0 {
					t.Errorf("%s: %q", where, shown)
				}
				if where != "page" && strings.Contains(shown, "\n") || !utf8.ValidString(shown) {
					t.Errorf("%s: %q", where, shown)
				}
				if where == "page" && (strings.Contains(shown, "<script") || strings.Contains(shown, "<img")) {
					t.Errorf("the page has markup of the provider's: %s", shown)
				}
			}
			if n := len([]rune(err.Error())); n > 450 {
				t.Errorf("the error has %d runes", n)
			}
		})
	}
	long := (&ProviderError{Code: "x", Description: strings.Repeat("\x1b", 100<<10)}).Error()
	if strings.Contains(long, "\x1b") || len([]rune(long)) > 350 {
		t.Errorf("100 kB of description give %d runes", len([]rune(long)))
	}
}

func TestL14EveryAnswerHasStrictHeadersAndNoForeignResource(t *testing.T) {
	l := open(t, "/", Options{Hold: time.Millisecond})
	answers := map[string]answer{
		"no host":   ask(t, l, "GET", "/", "evil.example"),
		"method":    ask(t, l, "POST", "/", "localhost:"+l.at.port),
		"not found": get(t, l, "/x"),
		"too long":  get(t, l, "/?"+strings.Repeat("x", maxQuery+1)),
		"forbidden": get(t, l, good, "Sec-Fetch-Dest: image"),
		"stranger":  get(t, l, callback("code", "x")),
		"accepted":  get(t, l, good),
		"used":      get(t, l, good),
		"waiting":   get(t, l, l.done),
	}
	l.Finish(errors.New("the tokens are not what they should be"))
	answers["failure"] = get(t, l, l.done)
	source := regexp.MustCompile(`(?i)(src|href|url\(|@import|<script|<link|<iframe|<object|<form)[^>]*`)
	for name, a := range answers {
		for header, want := range map[string]string{
			"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
		} {
			if a.Header.Get(header) != want {
				t.Errorf("%s: %s is %q", name, header, a.Header.Get(header))
			}
		}
		csp := a.Header.Get("Content-Security-Policy")
		if !strings.HasPrefix(csp, "default-src 'none';") || strings.Contains(csp, "unsafe") || strings.Contains(csp, "http") {
			t.Errorf("%s: policy %q", name, csp)
		}
		for _, found := range source.FindAllString(a.Body, -1) {
			if found != `<link rel="icon" href="data:,"` && found != `href=""` {
				t.Errorf("%s: the page refers to %q", name, found)
			}
		}
		if a.Status == http.StatusSeeOther {
			continue
		}
		css := regexp.MustCompile(`(?s)<style>(.*)</style>`).FindStringSubmatch(a.Body)
		if css == nil {
			t.Fatalf("%s: no style sheet in\n%s", name, a.Body)
		}
		sum := sha256.Sum256([]byte(css[1]))
		if !strings.Contains(csp, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
			t.Errorf("%s: the policy blocks the page's own style sheet", name)
		}
	}
}

func TestL14TheCodeLeavesTheVisibleAddress(t *testing.T) {
	for _, path := range []string{"/", "/callback", "/done"} {
		l := open(t, path, Options{})
		a := get(t, l, path+good[1:])
		if a.Status != http.StatusSeeOther || a.Header.Get("Location") != l.done || strings.Contains(a.all(), goodCode) {
			t.Errorf("%s: %d to %q", path, a.Status, a.Header.Get("Location"))
		}
		l.Finish(nil)
		if a := get(t, l, l.done); !strings.Contains(a.Body, successPage.Title) {
			t.Errorf("%s: the result page is %d", path, a.Status)
		}
	}
}

func TestPagesAreAccessible(t *testing.T) {
	for _, p := range []page{neutralPage, notFoundPage, usedPage, waitingPage, successPage, resultPage(ErrClosed), resultPage(ErrUndecided), foreignPage, signedOutPage, resultPage(errors.New("x"))} {
		w := &recorder{header: http.Header{}}
		write(w, http.StatusOK, p)
		body := w.body.String()
		for _, want := range []string{
			"<!doctype html>", `<html lang="en">`, `name="viewport"`, "<title>" + p.Title + " · tabgate</title>", "<main", "<h1>" + p.Title + "</h1>",
			"prefers-color-scheme:dark", "prefers-reduced-motion", "color-scheme:light dark", `aria-hidden="true"`,
		} {
			if !strings.Contains(body, want) {
				t.Errorf("%s: no %s", p.Title, want)
			}
		}
		if !strings.Contains(body, `role="status"`) && !strings.Contains(body, `role="alert"`) {
			t.Errorf("%s: nothing is announced", p.Title)
		}
	}
}

// What the provider says is text, whatever it says.
func TestNoTextChangesThePagesStructure(t *testing.T) {
	markup := func(said string) string {
		w := &recorder{header: http.Header{}}
		write(w, http.StatusOK, resultPage(errors.New(said)))
		return strings.Map(func(r rune) rune {
			if strings.ContainsRune(`<>"'`, r) {
				return r
			}
			return -1
		}, w.body.String())
	}
	plain := markup("plain")
	if !strings.Contains(plain, "<") {
		t.Fatal("there is no page")
	}
	for _, nasty := range []string{`</p><script>alert(1)</script>`, `"><img src=x onerror='alert(1)'>`, `</style></title><a href="//evil.example">`} {
		if markup(nasty) != plain {
			t.Errorf("%s changes the structure", nasty)
		}
	}
}

type recorder struct {
	header http.Header
	body   strings.Builder
}

func (r *recorder) Header() http.Header         { return r.header }
func (r *recorder) WriteHeader(int)             {}
func (r *recorder) Write(b []byte) (int, error) { return r.body.Write(b) }

func TestColoursHaveContrast(t *testing.T) {
	for theme, c := range palettes(t) {
		for _, pair := range [][2]string{{"text", "card"}, {"soft", "card"}, {"calm", "card"}, {"good", "card"}, {"bad", "card"}} {
			if ratio := contrast(c[pair[0]], c[pair[1]]); ratio < 4.5 {
				t.Errorf("%s: %s on %s has a contrast of %.1f, want 4.5", theme, pair[0], pair[1], ratio)
			}
		}
	}
}
