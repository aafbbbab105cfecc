package cognito

import (
	"errors"
	"net/http"
	"strings"
	"testing"
)

// TestT7TheRecorderIsTheLastGuard goes behind x/oauth2 and net/http: were one
// of them to repeat a request, or a transport to want the body again, the
// recorder says no.
func TestT7TheRecorderIsTheLastGuard(t *testing.T) {
	m := &inMemory{answers: []http.HandlerFunc{says(200, granted)}}
	rec := deviceClient(t, m, false).newRecorder(nil)
	req, err := http.NewRequest(http.MethodPost, "https://d.example/token", strings.NewReader("code="+code))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := rec.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if req.GetBody == nil || m.asked[0].GetBody != nil {
		t.Error("T-7: the transport could send the body again")
	}
	if _, err := rec.RoundTrip(req); !errors.Is(err, errSentTwice) || len(m.asked) != 1 {
		t.Errorf("T-7: sent %d times, %v", len(m.asked), err)
	}
}
