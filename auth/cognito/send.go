package cognito

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"

	"github.com/authtabs/tabgate/auth/secret"
)

// post sends a form with the client's authentication and keeps the answer.
func (w *wire) post(ctx context.Context, op, address string, form url.Values) (*recorder, error) {
	if w.cfg.ClientSecret.Empty() {
		form.Set("client_id", w.cfg.ClientID)
	}
	rec, hc, bounded, cancel := w.record(ctx, nil)
	defer cancel()
	req, err := http.NewRequestWithContext(bounded, http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, w.noAnswer(ctx, op, errNotSent)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	basic(req, w.cfg.ClientID, w.cfg.ClientSecret)
	return rec, w.ask(ctx, op, rec, hc, req)
}

// ask sends a request; an error means that there was no answer at all.
func (w *wire) ask(ctx context.Context, op string, rec *recorder, hc *http.Client, req *http.Request) error {
	resp, err := hc.Do(req)
	if err == nil {
		resp.Body.Close()
	}
	if rec.got == nil {
		return w.noAnswer(ctx, op, firstError(rec.err, err, errNotSent))
	}
	return nil
}

// basic names a client that has a secret in the header (RFC 6749 section
// 2.3.1), as x/oauth2 does.
func basic(req *http.Request, id string, key secret.Text) {
	if !key.Empty() {
		req.SetBasicAuth(url.QueryEscape(id), url.QueryEscape(key.Reveal()))
	}
}

// good is nil after a 200 and the provider's reason otherwise.
func (w *wire) good(ctx context.Context, op string, rec *recorder) error {
	if rec.got.status == http.StatusOK {
		return nil
	}
	said := readGrant(rec.got)
	if said.Error == "" {
		said.Error, said.Description = readChallenge(rec.got.challenge)
	}
	return w.fail(ctx, op, rec, said.Error, said.Description, "")
}

var challengePart = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(error|error_description)="([^"]*)"`) })

// readChallenge reads error and error_description of a WWW-Authenticate header
// (RFC 6750 section 3). Cognito leaves the word Bearer out.
func readChallenge(header string) (code, description string) {
	for _, part := range challengePart().FindAllStringSubmatch(header, 8) {
		if part[1] == "error" {
			code = part[2]
		} else {
			description = part[2]
		}
	}
	return code, description
}
