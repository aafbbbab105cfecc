package cognito

import (
	"context"
	"errors"
	"time"

	"github.com/authtabs/tabgate/auth/secret"
	"golang.org/x/oauth2"
)

const (
	maxTries = 3
	maxWait  = 10 * time.Second       // between two tries; longer is the caller's business
	baseWait = 500 * time.Millisecond // doubled with each try, spread over its upper half
)

// Refresh trades the refresh token for new tokens. When the provider is
// throttling, in trouble or unreachable it tries up to three times with
// growing waits; a provider that asks for more than ten seconds gets them from
// the caller, by Error.RetryAfter. Only an error of kind Refused ends the
// session.
func (c *Client) Refresh(ctx context.Context, refresh secret.Text) (Tokens, error) {
	if refresh.Empty() {
		return Tokens{}, &Error{Kind: Refused, Op: opRefresh, Help: "there is no refresh token; sign in again"}
	}
	for try := 1; ; try++ {
		tokens, failed := c.refreshOnce(ctx, refresh)
		if failed == nil {
			return tokens, nil
		}
		wait, again := c.retry(failed, try)
		if !again {
			return Tokens{}, failed
		}
		if c.sleep(ctx, wait) != nil {
			return Tokens{}, c.noAnswer(ctx, opRefresh, ctx.Err())
		}
	}
}

func (c *Client) refreshOnce(ctx context.Context, refresh secret.Text) (Tokens, *Error) {
	tokens, failed := c.grant(ctx, opRefresh, "", func(ctx context.Context) (*oauth2.Token, error) {
		return c.oauth("").TokenSource(ctx, &oauth2.Token{RefreshToken: refresh.Reveal()}).Token()
	})
	if failed == nil && tokens.ID.Empty() {
		return Tokens{}, noIDToken(opRefresh)
	}
	return tokens, failed
}

// retry says whether and when to try again after a failure.
func (c *Client) retry(failed *Error, try int) (time.Duration, bool) {
	passing := failed.Kind == Throttled || failed.Kind == Unreachable
	if !passing || try >= maxTries || failed.RetryAfter > maxWait || errors.Is(failed, context.DeadlineExceeded) {
		return 0, false
	}
	top := baseWait << try
	wait := top/2 + time.Duration(c.float()*float64(top/2))
	return max(wait, failed.RetryAfter), true
}
