// Loads a compose file with the compose specification's own loader and says what is in it: composecheck FILE.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/compose-spec/compose-go/v2/cli"
)

func main() {
	options, err := cli.NewProjectOptions(os.Args[1:], cli.WithOsEnv, cli.WithDotEnv, cli.WithName("agentproxy"))
	if err == nil {
		project, problem := options.LoadProject(context.Background())
		if problem == nil {
			fmt.Println("services", len(project.Services), "volumes", len(project.Volumes))
			return
		}
		err = problem
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
