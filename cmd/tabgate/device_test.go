package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestLoginByDeviceShowsCodeAndAddressAndSaysHowItEnded(t *testing.T) {
	provider := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if strings.HasSuffix(r.URL.Path, "/start") {
			w.Write([]byte(`{"device_code":"dddddddddddddddd","user_code":"WXYZ-1234","verification_uri":"https://example.com/device","interval":1,"expires_in":60}`))
			return
		}
		w.WriteHeader(http.StatusBadRequest)
		w.Write([]byte(`{"error":"access_denied"}`))
	}))
	defer provider.Close()
	p := newPlace(t)
	p.onPool()

	got := p.run("login", "--device")
	if got.code != exitConfig || !strings.Contains(got.err, "DEVICE_AUTHORIZATION_URL") {
		t.Errorf("without endpoints: exit %d: %s", got.code, got.err)
	}

	p.env["DEVICE_AUTHORIZATION_URL"], p.env["DEVICE_TOKEN_URL"] = provider.URL+"/start", provider.URL+"/token"
	got = p.run("login", "--device")
	for _, want := range []string{"WXYZ-1234", "https://example.com/device"} {
		if !strings.Contains(got.err, want) {
			t.Errorf("%q is not shown: %s", want, got.err)
		}
	}
	if got.code == 0 || strings.Contains(got.err, "dddddddd") {
		t.Errorf("a refusal: exit %d: %s", got.code, got.err)
	}
}
