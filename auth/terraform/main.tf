# A user pool for tabgate: pool, hosted login, public app client, two groups.
#
#   terraform init
#   terraform apply -var domain_prefix=my-company-tabgate
#   terraform output -raw env > .env     # then run: tabgate doctor
#
# For tabgate serve, add -var server_url=https://dash.example.com, and put
#   terraform output -raw server
# into the folder's tabgate.yaml.
#
# People are added in the Cognito console or with
#   aws cognito-idp admin-create-user / admin-add-user-to-group

terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7.0"
    }
  }
}

variable "domain_prefix" {
  description = "Prefix of the login page's address; unique in the region."
  type        = string
}

variable "callback_ports" {
  description = "Ports of this machine that sign-in may use, tried in order."
  type        = list(number)
  default     = [8501, 8502, 8503]
}

variable "page_groups" {
  description = "Groups that pages are opened to."
  type        = set(string)
  default     = ["Underwriters", "CreditAnalysts"]
}

variable "server_url" {
  description = "Address of tabgate serve, without a path. Empty makes nothing for a server."
  type        = string
  default     = ""
}

locals {
  callbacks = [for port in var.callback_ports : "http://localhost:${port}/"]

  # The id of a pool begins with its region: eu-west-1_AbCdEfGhI.
  region = split("_", aws_cognito_user_pool.tabgate.id)[0]

  # Sign-ins that a server named end at a path of the issuer's own.
  issuer  = "https://${aws_cognito_user_pool.tabgate.endpoint}"
  returns = [for port in var.callback_ports : "http://localhost:${port}/cb/${substr(sha256(local.issuer), 0, 16)}"]
}

resource "aws_cognito_user_pool" "tabgate" {
  name                     = "tabgate"
  username_attributes      = ["email"]
  auto_verified_attributes = ["email"]
  deletion_protection      = "ACTIVE" # before a destroy, apply it as "INACTIVE"

  username_configuration {
    case_sensitive = false
  }

  # Nobody signs themselves up: a page's group is given by an administrator
  # anyway. Remove this block to let people register.
  admin_create_user_config {
    allow_admin_create_user_only = true
  }

  account_recovery_setting {
    recovery_mechanism {
      name     = "verified_email"
      priority = 1
    }
  }
}

resource "aws_cognito_user_pool_domain" "tabgate" {
  domain       = var.domain_prefix
  user_pool_id = aws_cognito_user_pool.tabgate.id
}

resource "aws_cognito_user_pool_client" "tabgate" {
  name         = "tabgate"
  user_pool_id = aws_cognito_user_pool.tabgate.id

  # A program on people's own machines cannot keep a secret: PKCE stands in.
  generate_secret                      = false
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_flows                  = ["code"]
  allowed_oauth_scopes                 = ["openid", "email"]
  supported_identity_providers         = ["COGNITO"]
  callback_urls                        = local.callbacks
  logout_urls                          = local.callbacks

  enable_token_revocation       = true
  prevent_user_existence_errors = "ENABLED"

  # Each refresh brings a new refresh token, and the old one dies a minute later:
  # time enough to ask again when an answer was lost on its way. Cognito refuses
  # rotation together with ALLOW_REFRESH_TOKEN_AUTH, and allows that one by
  # itself where no flow is named; tabgate uses neither.
  explicit_auth_flows = ["ALLOW_USER_SRP_AUTH"]
  refresh_token_rotation {
    feature                    = "ENABLED"
    retry_grace_period_seconds = 60
  }

  access_token_validity  = 60
  id_token_validity      = 60
  refresh_token_validity = 30
  token_validity_units {
    access_token  = "minutes"
    id_token      = "minutes"
    refresh_token = "days"
  }
}

# Tokens are for the server by its scope: every plan of Cognito has those.
resource "aws_cognito_resource_server" "server" {
  count        = var.server_url == "" ? 0 : 1
  identifier   = "tabgate"
  name         = "tabgate serve"
  user_pool_id = aws_cognito_user_pool.tabgate.id

  scope {
    scope_name        = "read"
    scope_description = "Read the pages that open to you"
  }
}

# Readers of the server have a client of their own, with short tokens: revocation
# does not reach a token that verifies itself.
resource "aws_cognito_user_pool_client" "server" {
  count        = var.server_url == "" ? 0 : 1
  name         = "tabgate serve"
  user_pool_id = aws_cognito_user_pool.tabgate.id

  generate_secret                      = false
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_flows                  = ["code"]
  allowed_oauth_scopes                 = concat(["openid", "email"], aws_cognito_resource_server.server[0].scope_identifiers)
  supported_identity_providers         = ["COGNITO"]
  callback_urls                        = local.returns
  logout_urls                          = local.callbacks

  enable_token_revocation       = true
  prevent_user_existence_errors = "ENABLED"

  explicit_auth_flows = ["ALLOW_USER_SRP_AUTH"]
  refresh_token_rotation {
    feature                    = "ENABLED"
    retry_grace_period_seconds = 60
  }

  access_token_validity  = 15
  id_token_validity      = 15
  refresh_token_validity = 30
  token_validity_units {
    access_token  = "minutes"
    id_token      = "minutes"
    refresh_token = "days"
  }
}

resource "aws_cognito_user_group" "page" {
  for_each     = var.page_groups
  name         = each.value
  user_pool_id = aws_cognito_user_pool.tabgate.id
}

output "env" {
  description = "Settings for a .env file."
  value       = <<-EOT
    COGNITO_DOMAIN=${aws_cognito_user_pool_domain.tabgate.domain}
    AWS_REGION=${local.region}
    CLIENT_ID=${aws_cognito_user_pool_client.tabgate.id}
    COGNITO_USER_POOL_ID=${aws_cognito_user_pool.tabgate.id}
    APP_URI=${join(",", local.callbacks)}
  EOT
}

output "server" {
  description = "What tabgate.yaml of a served folder needs."
  value       = <<-EOT
    sign_in:
      domain: ${aws_cognito_user_pool_domain.tabgate.domain}
      region: ${local.region}
      client_id: ${one(aws_cognito_user_pool_client.server[*].id)}
      issuer: ${local.issuer}
      app_uri: "${join(",", local.callbacks)}"
      scopes: [openid, email, tabgate/read]
    server:
      public_url: ${var.server_url}
  EOT
}
