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
	rec, err := c.post(ctx, opRevoke, "/oauth2/revoke", url.Values{"token": {refresh.Reveal()}})
	if err != nil {
		return err
	}
	return c.good(ctx, opRevoke, rec)
}
