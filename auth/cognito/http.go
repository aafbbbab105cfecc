package cognito

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/authtabs/tabgate/auth/transport"
)

const (
	maxBody  = 1 << 20          // bytes of any answer
	deadline = 15 * time.Second // of any request, from connecting to the last byte
)

// HTTPClient makes the client for everything that sign-in asks over the
// network: answers of at most 1 MiB, 15 s in all, no redirect followed. A nil
// transport is one of the zero transport.Options.
func HTTPClient(t *transport.Transport) *http.Client {
	if t == nil {
		t = transport.New(transport.Options{})
	}
	return t.Client(transport.Limits{Bytes: maxBody, Time: deadline})
}

// noRedirect hands a redirect back as the answer, also where the client is
// another than HTTPClient's: a body with secrets never goes to a second
// address.
func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// sleep waits or gives up with the context.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait before the next try: %w", ctx.Err())
	}
}
