package cognito

import (
	"context"
	"net/http"
	"time"
)

// reachLimit bounds the look whether the domain is there.
const reachLimit = 3 * time.Second

// Reach reports whether anything at all answers at the domain; else the
// *Error is Unreachable and says why. Nothing about the client is told there.
func (c *Client) Reach(ctx context.Context) error {
	bounded, cancel := context.WithTimeout(ctx, reachLimit)
	defer cancel()
	req, err := http.NewRequestWithContext(bounded, http.MethodHead, c.endpoint("/"), nil)
	if err != nil {
		return c.noAnswer(ctx, opAuthorize, errNotSent)
	}
	direct := *c.hc
	direct.CheckRedirect = noRedirect
	answer, err := direct.Do(req)
	if err != nil {
		return c.noAnswer(ctx, opAuthorize, err)
	}
	return answer.Body.Close()
}
