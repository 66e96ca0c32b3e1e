package main

import (
	"encoding/json"
	"net/http"
)

// newServer answers what the service knows: one line per route.
func newServer() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.Method + " " + r.URL.Path {
		case "GET /health":
			answer(w, http.StatusOK, map[string]string{"status": "ok"})
		case "GET /":
			answer(w, http.StatusOK, map[string]string{"service": "checkout"})
		default:
			answer(w, http.StatusNotFound, map[string]string{"error": "not found"})
		}
	})
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
