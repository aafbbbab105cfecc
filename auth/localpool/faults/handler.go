package faults

import (
	"bytes"
	"encoding/json"
	"net/http"
	"time"
)

// Wrap puts an endpoint behind its fault switch.
func (f hooks) Wrap(endpoint string, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		f.count(endpoint)
		fault, ok := f.take(endpoint)
		if !ok {
			next(w, r)
			return
		}
		var real *recorder
		if fault.Work || fault.Patch != nil || fault.Cut > 0 {
			real = &recorder{header: http.Header{}, code: http.StatusOK}
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
			w.WriteHeader(real.code)
			w.Write(real.body.Bytes()[:min(fault.Cut, real.body.Len())])
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

// recorder keeps an answer instead of sending it. The standard library's
// recorder would bring its test server, a certificate and a flag into the
// program.
type recorder struct {
	header http.Header
	code   int
	body   bytes.Buffer
}

func (c *recorder) Header() http.Header         { return c.header }
func (c *recorder) WriteHeader(code int)        { c.code = code }
func (c *recorder) Write(b []byte) (int, error) { return c.body.Write(b) }

func patch(w http.ResponseWriter, real *recorder, change func(JSON)) {
	fields := JSON{}
	d := json.NewDecoder(bytes.NewReader(real.body.Bytes()))
	d.UseNumber()
	if err := d.Decode(&fields); err != nil {
		http.Error(w, "the answer to be patched is no JSON object: "+err.Error(), http.StatusInternalServerError)
		return
	}
	change(fields)
	copyHeader(w, real)
	w.WriteHeader(real.code)
	json.NewEncoder(w).Encode(fields)
}

func copyHeader(w http.ResponseWriter, real *recorder) {
	for name, values := range real.header {
		w.Header()[name] = values
	}
}
