package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestServer(t *testing.T) {
	cases := []struct {
		path   string
		status int
		body   string
	}{
		{"/health", http.StatusOK, `{"status":"ok"}`},
		{"/", http.StatusOK, `{"service":"checkout"}`},
		{"/nowhere", http.StatusNotFound, `{"error":"not found"}`},
	}
	server := newServer()
	for _, c := range cases {
		t.Run(c.path, func(t *testing.T) {
			response := httptest.NewRecorder()
			server.ServeHTTP(response, httptest.NewRequest(http.MethodGet, c.path, nil))
			if response.Code != c.status {
				t.Errorf("status %d, expected %d", response.Code, c.status)
			}
			if body := strings.TrimSpace(response.Body.String()); body != c.body {
				t.Errorf("body %s, expected %s", body, c.body)
			}
		})
	}
}
