// set -a; . ./sentryagent.env; set +a; go run first.go
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
)

func main() {
	request, err := http.NewRequest("POST", "API_ORIGIN/api/v1/token", strings.NewReader("grant_type=client_credentials"))
	if err != nil {
		log.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.SetBasicAuth(os.Getenv("CLIENT_ID"), os.Getenv("CLIENT_SECRET"))
	issued, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer issued.Body.Close()
	var token struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.NewDecoder(issued.Body).Decode(&token); err != nil || issued.StatusCode != http.StatusOK {
		log.Fatal("no token: ", issued.Status)
	}

	request, err = http.NewRequest("GET", "API_ORIGIN/api/v1/agents/AGENT_ID", nil)
	if err != nil {
		log.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token.AccessToken)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(body))
}
