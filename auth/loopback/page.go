package loopback

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the style sheet
	"encoding/base64"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"github.com/authtabs/tabgate/auth/session"
)

//go:embed page.css
var pageCSS string

// page is what one answer shows. Every text but Said is our own.
type page struct {
	Mood  string // "good", "bad" or "calm": the icon and its colour
	Title string
	Said  string // what went wrong, cleaned; "" for nothing
	Text  string
	Again bool // the browser is to ask again at once
}

var (
	neutralPage = page{
		Mood: "calm", Title: "Nothing to see here",
		Text: "This address only receives the answer of a sign-in that tabgate started. Go on in the page that it opened, or start again in the terminal.",
	}
	notFoundPage = page{
		Mood: "calm", Title: "No such page",
		Text: "This address only receives the answer of a sign-in that tabgate started.",
	}
	usedPage = page{
		Mood: "calm", Title: "Already used",
		Text: "This sign-in has its answer already. Look at the terminal to see how it went.",
	}
	foreignPage = page{
		Mood: "bad", Title: "Refused",
		Text: "This answer did not come from the user of this computer who signs in, or that cannot be told, so it was not taken. If it is you, copy the address of this page and paste it into tabgate.",
	}
	noStartPage = page{
		Mood: "bad", Title: "Refused",
		Text: "This page leads to a sign-in of another user of this computer, or that cannot be told. If it is yours, open the address that tabgate shows in the terminal.",
	}
	waitingPage = page{
		Mood: "calm", Title: "Checking your sign-in", Again: true,
		Text: "The answer has arrived and is being verified. This page changes by itself.",
	}
	questionPage = page{
		Mood: "calm", Title: "One question is left",
		Text: "Somebody else signed in here last time. Go back to the terminal and say whether it is you now; you can close this tab.",
	}
	signedOutPage = page{
		Mood: "good", Title: "You are signed out",
		Text: "tabgate ended your session, and the sign-in page has signed this browser out. You can close this tab.",
	}
	successPage = page{
		Mood: "good", Title: "You are signed in",
		Text: "You can close this tab and go back to the terminal.",
	}
)

// resultPage is the last page of a sign-in. It names neither the person nor
// the groups: any program of this machine could ask for it.
func resultPage(err error) page {
	switch {
	case err == nil:
		return successPage
	case errors.Is(err, ErrUndecided):
		return questionPage
	case errors.Is(err, ErrClosed):
		return page{
			Mood: "calm", Title: "Sign-in cancelled",
			Text: "It was given up in the terminal. You can close this tab, and start again there.",
		}
	}
	return page{
		Mood: "bad", Title: "You are not signed in", Said: sentence(session.Clean(err.Error(), 400)),
		Text: "Nothing was kept. Go back to the terminal to try again; you can close this tab.",
	}
}

// sentence makes an error's text one for a page, which begins with a capital
// and comes to an end.
func sentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return ""
	}
	text = string(unicode.ToUpper(first)) + text[size:]
	if strings.HasSuffix(text, ".") || strings.HasSuffix(text, "?") || strings.HasSuffix(text, "…") {
		return text
	}
	return text + "."
}

// icons are drawn inside a circle, but for the turning one. No text from
// outside is in them: they go into the page as they stand.
var icons = map[string]string{
	"good": `<circle cx="12" cy="12" r="9.5"/><path d="m7.8 12.4 2.9 2.9 5.6-6.1"/>`,
	"bad":  `<circle cx="12" cy="12" r="9.5"/><path d="m8.8 8.8 6.4 6.4m0-6.4-6.4 6.4"/>`,
	"calm": `<circle cx="12" cy="12" r="9.5"/><path d="M12 11v5.5M12 7.5v.01"/>`,
	"turn": `<path class="turn" d="M12 3a9 9 0 1 0 9 9"/>`,
}

// html is the whole page. Its texts are escaped; only the style sheet and the
// icon, which are our own, are not.
func (p page) html() g.Node {
	icon, role := p.Mood, "status"
	if p.Mood == "bad" {
		role = "alert"
	}
	if p.Again {
		icon = "turn"
	}
	return h.Doctype(h.HTML(h.Lang("en"),
		h.Head(
			h.Meta(h.Charset("utf-8")),
			h.Meta(h.Name("viewport"), h.Content("width=device-width,initial-scale=1")),
			h.Meta(h.Name("robots"), h.Content("noindex")),
			g.If(p.Again, h.Meta(g.Attr("http-equiv", "refresh"), h.Content("0"))),
			h.TitleEl(g.Text(p.Title+" · tabgate")),
			h.Link(h.Rel("icon"), h.Href("data:,")),
			h.StyleEl(g.Raw(pageCSS)),
		),
		h.Body(h.Main(h.Class(p.Mood),
			h.SVG(g.Attr("viewBox", "0 0 24 24"), h.Aria("hidden", "true"), g.Attr("focusable", "false"), g.Raw(icons[icon])),
			h.Div(h.Role(role), h.H1(g.Text(p.Title)), g.If(p.Said != "", h.P(h.Class("said"), g.Text(p.Said))), h.P(g.Text(p.Text))),
			g.If(p.Again, h.P(h.A(h.Href(""), g.Text("Look again")))),
			h.Footer(g.Text("This page comes from tabgate on this computer.")),
		)),
	))
}

// policy allows the one inline style sheet, by its hash, the empty icon, and
// nothing else: no script, no frame, no form, no request to anywhere.
var policy = func() string {
	sum := sha256.Sum256([]byte(pageCSS))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}()

func setHeaders(h http.Header) {
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", policy)
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
}

// write sends a page and closes the connection behind it, so that nothing
// but the redirect to the result keeps one open.
func write(w http.ResponseWriter, status int, p page) {
	var body bytes.Buffer
	_ = p.html().Render(&body) // a buffer takes everything
	w.Header().Set("Connection", "close")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(body.Len()))
	w.WriteHeader(status)
	w.Write(body.Bytes())
}
