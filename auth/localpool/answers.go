package localpool

import (
	"encoding/json"
	"net/http"
)

// JSON is an answer's object, to be changed in place.
type JSON = map[string]any

// refuse answers with an OAuth error. The description is "" for none.
func refuse(w http.ResponseWriter, status int, code, description string) {
	fields := JSON{"error": code}
	if description != "" {
		fields["error_description"] = description
	}
	writeJSON(w, status, fields)
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	w.Header().Set("Cache-Control", "no-cache, no-store")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(v)
}
