package cognito

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/authtabs/tabgate/auth/secret"
)

// Revoke ends the refresh token and what was made from it, at Cognito; tokens
// that others verify by themselves stay valid until they end. A token that is
// unknown or revoked already counts as success, as it does for Cognito.
func (c *Client) Revoke(ctx context.Context, refresh secret.Text) error {
	if refresh.Empty() {
		return nil
	}
	form := url.Values{"token": {refresh.Reveal()}}
	if c.cfg.ClientSecret.Empty() {
		form.Set("client_id", c.cfg.ClientID)
	}
	rec, hc, bounded, cancel := c.record(ctx, nil)
	defer cancel()
	req, err := http.NewRequestWithContext(bounded, http.MethodPost, c.endpoint("/oauth2/revoke"), strings.NewReader(form.Encode()))
	if err != nil {
		return c.noAnswer(ctx, opRevoke, err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if !c.cfg.ClientSecret.Empty() {
		req.SetBasicAuth(url.QueryEscape(c.cfg.ClientID), url.QueryEscape(c.cfg.ClientSecret.Reveal()))
	}
	return c.finish(ctx, opRevoke, rec, hc, req)
}

// finish sends a request that needs only a 200.
func (c *Client) finish(ctx context.Context, op string, rec *recorder, hc *http.Client, req *http.Request) error {
	resp, err := hc.Do(req)
	if err == nil {
		resp.Body.Close()
	}
	switch {
	case rec.got == nil:
		return c.noAnswer(ctx, op, firstError(rec.err, err))
	case rec.got.status == http.StatusOK:
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
