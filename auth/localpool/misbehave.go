package localpool

import (
	"bytes"
	"encoding/json"
	"net/http"
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
		var real *kept
		if fault.Work || fault.Patch != nil || fault.Cut > 0 {
			real = &kept{header: http.Header{}, code: http.StatusOK}
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

// kept is an answer that is kept instead of sent. The standard library's
// recorder would bring its test server, a certificate and a flag into the
// program.
type kept struct {
	header http.Header
	code   int
	body   bytes.Buffer
}

func (k *kept) Header() http.Header         { return k.header }
func (k *kept) WriteHeader(code int)        { k.code = code }
func (k *kept) Write(b []byte) (int, error) { return k.body.Write(b) }

func patch(w http.ResponseWriter, real *kept, change func(JSON)) {
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

func copyHeader(w http.ResponseWriter, real *kept) {
	for name, values := range real.header {
		w.Header()[name] = values
	}
}
