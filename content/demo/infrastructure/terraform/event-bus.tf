module "event_bus" {
  source  = "../modules/kafka"
  brokers = 7

  # Topics are declared by the teams that write to them, in their own repositories.
  topic_defaults = {
    partitions         = 12
    replication_factor = 3
    retention_days     = 14
  }
}
