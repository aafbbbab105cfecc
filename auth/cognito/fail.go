package cognito

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/authtabs/tabgate/auth/neterr"
)

// maxRetryAfter caps what a provider may ask us to wait.
const maxRetryAfter = 5 * time.Minute

// fail judges a request by what came back. ctx is the caller's own context;
// code and description are the provider's, "" when it gave none.
func (w *wire) fail(ctx context.Context, op string, rec *recorder, code, description, redirectURI string) *Error {
	if rec.got == nil {
		return w.noAnswer(ctx, op, rec.err)
	}
	a := rec.got
	e := &Error{
		Op: op, Status: a.status, RequestID: a.requestID,
		Code: name(code), Description: describe(description),
	}
	switch {
	case a.status >= 300 && a.status < 400:
		e.Kind, e.Help = Malformed, "the address answered with a redirect, which is not followed; check COGNITO_DOMAIN"
	case a.throttled():
		e.Kind, e.RetryAfter = Throttled, w.retryAfter(a.retryAfter)
		e.Help = "the user pool has too many requests just now; try again in a minute"
	case a.status >= 500 && trigger(description) == "":
		e.Kind, e.RetryAfter = Unreachable, w.retryAfter(a.retryAfter)
		e.Help = "the user pool has trouble of its own; try again in a minute"
		if !a.json {
			e.Help = "the provider answered with something that is not JSON; try again in a minute"
		}
	case code != "":
		e.Kind, e.Help = w.cfg.explain(op, code, description, redirectURI)
	case a.status == http.StatusNotFound, a.status == http.StatusMethodNotAllowed:
		e.Kind, e.Help = Misconfigured, "nothing answers there as Cognito does; check COGNITO_DOMAIN"
	case !a.json:
		e.Kind, e.Help = Malformed, "the provider answered with something that is not JSON; check COGNITO_DOMAIN and any proxy on the way"
	default:
		e.Kind, e.Help = Malformed, "the provider's answer is not what Cognito sends; check COGNITO_DOMAIN"
	}
	return e
}

// throttled recognises the documented status and the names that the SDKs know,
// since the status of a throttled OAuth call is not documented.
func (a *answer) throttled() bool {
	return a.status == http.StatusTooManyRequests || a.status >= 400 &&
		(bytes.Contains(a.body, []byte("TooManyRequests")) || bytes.Contains(a.body, []byte("LimitExceeded")))
}

// retryAfter reads the header of that name, seconds or a date (RFC 9110
// section 10.2.3), between 0 and maxRetryAfter. Nonsense counts as 0.
func (w *wire) retryAfter(header string) time.Duration {
	var wait time.Duration
	if digits := strings.TrimSpace(header); digits != "" && strings.Trim(digits, "0123456789") == "" {
		seconds, err := strconv.Atoi(digits)
		if err != nil || seconds > int(maxRetryAfter/time.Second) {
			return maxRetryAfter
		}
		wait = time.Duration(seconds) * time.Second
	} else if at, err := http.ParseTime(header); err == nil {
		wait = at.Sub(w.now())
	}
	return min(max(wait, 0), maxRetryAfter)
}

// noAnswer words a failure below HTTP.
func (w *wire) noAnswer(ctx context.Context, op string, err error) *Error {
	e := &Error{Kind: Unreachable, Op: op}
	host, setting := w.host(op)
	var proxy *neterr.ProxyError
	if neterr.TimedOut(err) {
		e.err = context.DeadlineExceeded
	}
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		e.Kind, e.err, e.Help = Cancelled, context.Canceled, "cancelled"
	case errors.As(err, &proxy): // whatever it took, it is not the pool's fault
		what, todo := neterr.Why(host, setting, err)
		e.Help = what + "; " + todo
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled), neterr.TimedOut(err):
		e.err = context.DeadlineExceeded
		e.Help = host + " did not answer in time; check the network and try again"
		if op == opExchange {
			e.Help = host + " did not answer in time, and a code works only once; sign in again"
		}
	default:
		what, todo := neterr.Why(host, setting, err)
		e.Help = what + "; " + todo
	}
	return e
}

// host is whom an operation asks, and what the configuration calls it.
func (w *wire) host(op string) (host, setting string) {
	if u, err := url.Parse(w.cfg.DeviceTokenURL); op == opDevice && err == nil {
		return u.Host, "DEVICE_TOKEN_URL"
	}
	return w.cfg.Domain.Host, "COGNITO_DOMAIN"
}
