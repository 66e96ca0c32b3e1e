output "name" {
  description = "Full name of what was made."
  value       = terraform_data.this.input.name
}

output "labels" {
  description = "Labels of what was made."
  value       = local.labels
}
