package loopback

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the page and its style sheet
	"encoding/base64"
	"html/template"
	"net/http"
	"strconv"

	"github.com/authtabs/tabgate/auth/session"
)

//go:embed page.html
var pageHTML string

//go:embed page.css
var pageCSS string

var pageTemplate = template.Must(template.New("page").Parse(pageHTML))

// page is what one answer shows. Every text but Said is our own.
type page struct {
	Mood  string // "good", "bad" or "calm": the icon and its colour
	Title string
	Said  string // what went wrong, cleaned; "" for nothing
	Text  string
	Again bool // the browser is to ask again at once
}

var (
	neutralPage = page{Mood: "calm", Title: "Nothing to see here",
		Text: "This address only receives the answer of a sign-in that tabgate started. Go on in the page that it opened, or start again in the terminal."}
	notFoundPage = page{Mood: "calm", Title: "No such page",
		Text: "This address only receives the answer of a sign-in that tabgate started."}
	usedPage = page{Mood: "calm", Title: "Already used",
		Text: "This sign-in has its answer already. Look at the terminal to see how it went."}
	waitingPage = page{Mood: "calm", Title: "Checking your sign-in", Again: true,
		Text: "The answer has arrived and is being verified. This page changes by itself."}
	successPage = page{Mood: "good", Title: "You are signed in",
		Text: "You can close this tab and go back to the terminal."}
)

// resultPage is the last page of a sign-in. It names neither the person nor
// the groups: any program of this machine could ask for it.
func resultPage(err error) page {
	switch err {
	case nil:
		return successPage
	case ErrClosed:
		return page{Mood: "calm", Title: "Sign-in cancelled",
			Text: "It was given up in the terminal. You can close this tab, and start again there."}
	}
	return page{Mood: "bad", Title: "You are not signed in", Said: session.Clean(err.Error(), 400),
		Text: "Nothing was kept. Go back to the terminal to try again; you can close this tab."}
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
	err := pageTemplate.Execute(&body, struct {
		page
		CSS template.CSS
	}{p, template.CSS(pageCSS)})
	if err != nil {
		http.Error(w, p.Title, http.StatusInternalServerError)
		return
	}
	w.Header().Set("Connection", "close")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(body.Len()))
	w.WriteHeader(status)
	w.Write(body.Bytes())
}
