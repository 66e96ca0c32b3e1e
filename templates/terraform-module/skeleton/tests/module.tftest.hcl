run "names_and_labels" {
  command = plan

  variables {
    name        = "orders"
    environment = "production"
    labels      = { cost-centre = "42" }
  }

  assert {
    condition     = output.name == "production-orders"
    error_message = "The name holds the environment first."
  }

  assert {
    condition     = output.labels["owner"] == "${{ values.team }}" && output.labels["cost-centre"] == "42"
    error_message = "Labels of the module and of its user are both there."
  }
}

run "refuses_other_environments" {
  command = plan

  variables {
    name        = "orders"
    environment = "moon"
  }

  expect_failures = [var.environment]
}
