"""An application that receives webhooks, written for the SDK: what a migration starts from."""
