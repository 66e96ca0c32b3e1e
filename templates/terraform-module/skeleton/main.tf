locals {
  labels = merge(var.labels, {
    name        = var.name
    environment = var.environment
    owner       = "${{ values.team }}"
    module      = "${{ values.name }}"
  })
}

# Replace this with what the module is for. It keeps the wiring honest until then: inputs, labels, outputs, tests.
resource "terraform_data" "this" {
  input = {
    name   = "${var.environment}-${var.name}"
    labels = local.labels
  }
}
