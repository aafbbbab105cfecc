package cognito

import (
	"context"
	"net/url"

	"github.com/authtabs/tabgate/auth/secret"
)

// Revoke ends the refresh token and what was made from it, at Cognito; tokens
// that others verify by themselves stay valid until they end. A token that is
// unknown or revoked already counts as success, as it does for Cognito.
func (c *Client) Revoke(ctx context.Context, refresh secret.Text) error {
	if refresh.Empty() {
		return nil
	}
	if failed := c.resolve(ctx, opRevoke); failed != nil {
		return failed
	}
	address := c.at().revoke
	if address == "" {
		return &Error{Kind: Misconfigured, Op: opRevoke, Help: "the provider has no address to revoke at; the session ends by itself when its refresh token does"}
	}
	rec, err := c.post(ctx, opRevoke, address, url.Values{"token": {refresh.Reveal()}})
	if err != nil {
		return err
	}
	return c.good(ctx, opRevoke, rec)
}
