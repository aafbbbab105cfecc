package cognito

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/authtabs/tabgate/auth/secret"
)

// post sends a form with the client's authentication and keeps the answer.
func (c *Client) post(ctx context.Context, op, address string, form url.Values) (*recorder, error) {
	if c.cfg.ClientSecret.Empty() {
		form.Set("client_id", c.cfg.ClientID)
	}
	rec, hc, bounded, cancel := c.record(ctx, nil)
	defer cancel()
	req, err := http.NewRequestWithContext(bounded, http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, c.noAnswer(ctx, op, errNotSent)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	basic(req, c.cfg.ClientID, c.cfg.ClientSecret)
	return rec, c.ask(ctx, op, rec, hc, req)
}

// ask sends a request; an error means that there was no answer at all.
func (c *Client) ask(ctx context.Context, op string, rec *recorder, hc *http.Client, req *http.Request) error {
	resp, err := hc.Do(req)
	if err == nil {
		resp.Body.Close()
	}
	if rec.got == nil {
		return c.noAnswer(ctx, op, firstError(rec.err, err, errNotSent))
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
func (c *Client) good(ctx context.Context, op string, rec *recorder) error {
	if rec.got.status == http.StatusOK {
		return nil
	}
	said := readGrant(rec.got)
	if said.Error == "" {
		said.Error, said.Description = readChallenge(rec.got.challenge)
	}
	return c.fail(ctx, op, rec, said.Error, said.Description, "")
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
