package cognito

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// ProbeAuthorize asks the authorize endpoint as a browser would at the start
// of a sign-in and looks where it leads: to the login page when client,
// redirect address and scopes are accepted, else to an error. Nobody is
// signed in by it.
func (c *Client) ProbeAuthorize(ctx context.Context, redirectURI string) error {
	a, err := NewAttempt()
	if err != nil {
		return err
	}
	rec, to, err := c.visit(ctx, opAuthorize, c.AuthorizeURL(redirectURI, a))
	if err != nil {
		return err
	}
	code, description := to.Query().Get("error"), to.Query().Get("error_description")
	switch {
	case code == "" && (rec.got.status == http.StatusOK || to.Path == "/login" && to.Host == c.cfg.Domain.Host):
		return nil
	case code == "":
		return c.fail(ctx, opAuthorize, rec, "", "", redirectURI)
	case to.Host == c.cfg.Domain.Host && to.Path == "/error":
		e := c.AuthorizeError("redirect_mismatch", "", redirectURI)
		e.Code, e.Help = c.AuthorizeError(code, "", "").Code, e.Help+", and check CLIENT_ID"
		return e
	}
	return c.AuthorizeError(code, description, redirectURI)
}

// ProbeClient asks the token endpoint to refresh a token that cannot exist:
// a client that may ask is told that the token is bad, another that it is no
// client. skew is how far the provider's clock is ahead of this machine's, to
// a second, 0 when there is no telling difference.
func (c *Client) ProbeClient(ctx context.Context) (skew time.Duration, err error) {
	form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {"tabgate-doctor"}}
	rec, err := c.post(ctx, opProbe, "/oauth2/token", form)
	if err != nil {
		return 0, err
	}
	skew = c.skew(rec.got)
	said := readGrant(rec.got)
	if rec.got.status/100 == 4 && !rec.got.throttled() && (said.Error == "invalid_grant" || said.Error == "invalid_request") {
		return skew, nil
	}
	return skew, c.fail(ctx, opProbe, rec, said.Error, said.Description, "")
}

// ProbeLogout asks the logout endpoint, without anybody's cookies, whether the
// sign-out address is registered.
func (c *Client) ProbeLogout(ctx context.Context) error {
	if c.LogoutURL() == "" {
		return misconfigured("LOGOUT_URI is empty; without it the browser stays signed in for an hour")
	}
	rec, to, err := c.visit(ctx, opLogout, c.LogoutURL())
	if err != nil {
		return err
	}
	if want, err := url.Parse(c.cfg.LogoutURI); err == nil && rec.got.status/100 == 3 && to.Scheme == want.Scheme && to.Host == want.Host && to.Path == want.Path {
		return nil
	}
	if rec.got.throttled() || rec.got.status >= 500 {
		return c.fail(ctx, opLogout, rec, "", "", "")
	}
	e := c.AuthorizeError("redirect_mismatch", "", c.cfg.LogoutURI)
	e.Op, e.Status = opLogout, rec.got.status
	e.Help = strings.Replace(e.Help, "callback URL", "sign-out URL", 1)
	return e
}

// visit gets a page without following where it leads; to is that address, or
// the empty one.
func (c *Client) visit(ctx context.Context, op, address string) (*recorder, *url.URL, error) {
	rec, hc, bounded, cancel := c.record(ctx, nil)
	defer cancel()
	req, err := http.NewRequestWithContext(bounded, http.MethodGet, address, nil)
	if err != nil {
		return nil, nil, c.noAnswer(ctx, op, errNotSent)
	}
	if err := c.ask(ctx, op, rec, hc, req); err != nil {
		return nil, nil, err
	}
	return rec, target(req.URL, rec.got.location), nil
}

// target is where a Location header leads from a page; the empty address when
// it leads nowhere.
func target(page *url.URL, location string) *url.URL {
	to, err := page.Parse(location)
	if err != nil || location == "" {
		return new(url.URL)
	}
	return to
}
