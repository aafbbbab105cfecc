package localpool

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"time"
)

// misbehave puts an endpoint behind its fault switch.
func (p *Pool) misbehave(endpoint string, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		p.faults.count(endpoint)
		fault, ok := p.faults.take(endpoint)
		if !ok {
			next(w, r)
			return
		}
		var real *httptest.ResponseRecorder
		if fault.Work || fault.Patch != nil || fault.Cut > 0 {
			real = httptest.NewRecorder()
			next(real, r)
		}
		switch {
		case fault.Drop:
			panic(http.ErrAbortHandler) // net/http's own way to hang up.
		case fault.Hang:
			<-r.Context().Done()
		case fault.Patch != nil:
			patch(w, real, fault.Patch)
		case fault.Cut > 0:
			copyHeader(w, real)
			w.WriteHeader(real.Code)
			w.Write(real.Body.Bytes()[:min(fault.Cut, real.Body.Len())])
		default:
			fault.answer(w, r)
		}
	}
}

func (f Fault) answer(w http.ResponseWriter, r *http.Request) {
	for name, values := range f.Header {
		w.Header()[name] = values
	}
	if f.Status != 0 {
		w.WriteHeader(f.Status)
	}
	if f.Every == 0 {
		w.Write([]byte(f.Body))
		return
	}
	tick := time.NewTicker(f.Every)
	defer tick.Stop()
	for i := range len(f.Body) {
		w.Write([]byte{f.Body[i]})
		http.NewResponseController(w).Flush()
		select {
		case <-tick.C:
		case <-r.Context().Done():
			return
		}
	}
}

func patch(w http.ResponseWriter, real *httptest.ResponseRecorder, change func(JSON)) {
	fields := JSON{}
	d := json.NewDecoder(bytes.NewReader(real.Body.Bytes()))
	d.UseNumber()
	if err := d.Decode(&fields); err != nil {
		http.Error(w, "the answer to be patched is no JSON object: "+err.Error(), http.StatusInternalServerError)
		return
	}
	change(fields)
	copyHeader(w, real)
	w.WriteHeader(real.Code)
	json.NewEncoder(w).Encode(fields)
}

func copyHeader(w http.ResponseWriter, real *httptest.ResponseRecorder) {
	for name, values := range real.Header() {
		w.Header()[name] = values
	}
}
