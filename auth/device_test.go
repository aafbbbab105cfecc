package auth

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool"
)

// deviceEndpoint hands out tokens of the pool by device code, in the shape of
// RFC 8628.
func deviceEndpoint(t *testing.T, answer func() map[string]any) func(*Options) {
	reply := func(w http.ResponseWriter, fields map[string]any) {
		w.Header().Set("Content-Type", "application/json")
		if fields["error"] != nil {
			w.WriteHeader(http.StatusBadRequest)
		}
		json.NewEncoder(w).Encode(fields)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/device", func(w http.ResponseWriter, _ *http.Request) {
		reply(w, map[string]any{
			"device_code": "d3vice", "user_code": "ABCD-EFGH", "verification_uri": "https://pool.example/device",
			"interval": 1, "expires_in": 60,
		})
	})
	mux.HandleFunc("/token", func(w http.ResponseWriter, _ *http.Request) { reply(w, answer()) })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return func(o *Options) {
		o.Cognito.DeviceAuthURL, o.Cognito.DeviceTokenURL = server.URL+"/device", server.URL+"/token"
	}
}

// given is what the endpoint answers once a person has entered the code.
func (w *world) given(email string) func() map[string]any {
	donor := w.process(func(o *Options) { o.Profile = "donor" })
	w.signIn(donor, email)
	given := donor.current().Saved
	return func() map[string]any {
		return map[string]any{
			"id_token": given.ID.Reveal(), "access_token": given.Access.Reveal(),
			"refresh_token": given.Refresh.Reveal(), "token_type": "Bearer",
		}
	}
}

func TestASignInByDeviceCodeIsVerifiedAndStored(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s := w.process(deviceEndpoint(t, w.given("underwriter@example.com")))
	d, err := s.BeginDevice(t.Context())
	must(t, err)
	if d.Code() != "ABCD-EFGH" || d.Address() != "https://pool.example/device" || d.Note() != "" || !s.HasDevice() {
		t.Errorf("shown: %q at %q, %q", d.Code(), d.Address(), d.Note())
	}
	got, err := d.Wait(t.Context())
	if err != nil || got.Email != "underwriter@example.com" || got.TokenStore != "keyring" {
		t.Errorf("got %+v, %v", got, err)
	}
	if again, err := w.process().Restore(t.Context()); err != nil || again.Sub != got.Sub {
		t.Errorf("at the next start: %+v, %v", again, err)
	}
}

func TestASignInByDeviceCodeThatFailsKeepsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	tests := map[string]struct {
		answer map[string]any
		want   string
	}{
		"the person refuses": {map[string]any{"error": "access_denied"}, "device"},
		"a forged token": {map[string]any{
			"id_token": "eyJhbGciOiJub25lIn0.e30.", "access_token": "x", "refresh_token": "x", "token_type": "Bearer",
		}, "token"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := w.process(deviceEndpoint(t, func() map[string]any { return test.answer }))
			d, err := s.BeginDevice(t.Context())
			must(t, err)
			got, err := d.Wait(t.Context())
			if got.SignedIn() || err == nil || !strings.Contains(err.Error(), test.want) || w.ring.count() != 0 {
				t.Errorf("got %+v, %v with %d items", got, err, w.ring.count())
			}
		})
	}
	if _, err := w.process().BeginDevice(t.Context()); !errors.Is(err, ErrConfig) {
		t.Errorf("not configured: %v", err)
	}
}
