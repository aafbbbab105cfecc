package token

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/authtabs/tabgate/auth/neterr"
)

const (
	maxBody  = 1 << 20          // of a discovery document or a key set
	deadline = 15 * time.Second // of one fetch, from connecting to the last byte
)

// fetch gets a JSON document: no redirect followed, size and time bounded.
func fetch(ctx context.Context, hc *http.Client, address, what string) ([]byte, *Error) {
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, refuse(Unreachable, what, "%q is not an address that can be asked; check COGNITO_ISSUER", address)
	}
	req.Header.Set("Accept", "application/json")
	direct := *hc
	direct.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	resp, err := direct.Do(req)
	if err != nil {
		return nil, unreachable(what, req.URL.Host, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		failed := refuse(Unreachable, what, "%s", unexpected(req.URL.Host, resp.StatusCode))
		failed.Status = resp.StatusCode
		return nil, failed
	}
	if media, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type")); !isJSON(media) {
		return nil, refuse(Unreachable, what, "%s answered with something that is not JSON; check COGNITO_ISSUER and any proxy on the way", req.URL.Host)
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxBody+1))
	switch {
	case err != nil:
		return nil, unreachable(what, req.URL.Host, err)
	case len(body) > maxBody:
		why, todo := neterr.Why(req.URL.Host, "COGNITO_ISSUER", neterr.TooLarge(maxBody))
		return nil, refuse(Unreachable, what, "%s; %s", why, todo)
	}
	return body, nil
}

// isJSON is liberal: key sets are also served as application/jwk-set+json.
func isJSON(media string) bool {
	return media == "application/json" || strings.HasPrefix(media, "application/") && strings.HasSuffix(media, "+json")
}

// unexpected words the status of an answer that is not a document.
func unexpected(host string, status int) string {
	switch {
	case status == http.StatusTooManyRequests, status >= 500:
		return fmt.Sprintf("%s has trouble of its own (HTTP %d); try again in a minute", host, status)
	case status >= 400:
		return fmt.Sprintf("%s knows no such user pool (HTTP %d); check COGNITO_USER_POOL_ID or COGNITO_ISSUER", host, status)
	}
	return fmt.Sprintf("%s answered with HTTP %d, which is not followed; check COGNITO_USER_POOL_ID or COGNITO_ISSUER", host, status)
}

// unreachable says why nobody answered.
func unreachable(what, host string, err error) *Error {
	why, todo := neterr.Why(host, "COGNITO_ISSUER", err)
	e := refuse(Unreachable, what, "%s; %s", why, todo)
	if errors.Is(err, context.Canceled) {
		e.Text = "cancelled"
	}
	e.Silent = true
	for _, known := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, known) {
			e.err = known
		}
	}
	return e
}

// secure reports whether an address may be asked: https, or http where both
// it and the issuer are loopback addresses.
func secure(address *url.URL, issuer string) error {
	base, err := url.Parse(issuer)
	switch {
	case err != nil || address.Host == "" || address.User != nil || address.Fragment != "":
		return fmt.Errorf("%q is not an address", address.Redacted())
	case address.Scheme == "https":
		return nil
	case address.Scheme == "http" && loopback(address) && loopback(base):
		return nil
	}
	return fmt.Errorf("%q is not https", address.Redacted())
}
