variable "name" {
  description = "Name of what is made, lower case with hyphens."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.name))
    error_message = "The name must be lower case with hyphens, e.g. order-events."
  }
}

variable "environment" {
  description = "Where it is for."
  type        = string

  validation {
    condition     = contains(["development", "staging", "production"], var.environment)
    error_message = "The environment must be development, staging or production."
  }
}

variable "labels" {
  description = "More labels, added to those every resource has."
  type        = map(string)
  default     = {}
}
