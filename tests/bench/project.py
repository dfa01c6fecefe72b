"""Makes projects of any size: requirements as people write them, 24 to a module.

    project.py FOLDER COUNT

Each shape below is a requirement of a real landing zone; the numbers in it vary
so that no two are the same. A module is an initiative; there is no environment,
so the limits of a scope do not apply.
"""
# SPDX-License-Identifier: MIT

import pathlib
import sys

PER_MODULE = 24
GROUP = "/subscriptions/5e1f0c2a-7b1d-4a55-9a0e-000000000001/resourceGroups/rg-ai/providers"

HEAD = '''// {module}.moat - {count} requirements of area {number}.

use azure.ai
use azure.ml
use azure.monitor
use azure.network
use azure.search
use azure.sql
use azure.storage
use frameworks (mcsb, nist_800_53)

param allowed_ranges: [cidr] = ["10.{number}.0.0/16"] "Address ranges that may reach the services"
param allowed_locations: [location] = ["westeurope", "northeurope"] "Regions of area {number}"
param vault_hosts: [string] = ["kv-{number}.vault.azure.net"] "Host names of approved vaults"
param required_tags: [string] = ["owner", "environment"] "Tags that every resource carries"
param log_workspace: resource_id(log_analytics_workspace) = "{group}/microsoft.operationalinsights/workspaces/logs" "Workspace that all logs go to"
param approved_models: [{{name: string, version: string}}] = [{{name = "gpt-4o", version = "2024-11-20"}}] "Approved models with their versions"
param subnets_of: {{string: [resource_id(subnet)]}} = {{"prod" = ["{group}/microsoft.network/virtualnetworks/vnet/subnets/ml"]}} "Subnets of each environment"

let keyless = ["AAD", "ManagedIdentity", "None"]
define approved_link = some c in privateEndpointConnections:
    c.privateLinkServiceConnectionState.status == "Approved"
define environment_tag = resource_group.tags["environment"]

initiative area "Requirements of area {number}" {{
    version  "1.{number}.0"
    category "AI Security"
    include  {module}
}}
'''

SHAPES = [
    # a switch, with an exception for known ranges
    '''
requirement closed_{n} "AI services of area {n} take no traffic from the internet" {{
    severity  high
    satisfies mcsb "NS-2", nist_800_53 "SC-7"
    why       "A public endpoint turns one leaked key into a breach of area {n}."
    effect    audit | deny | disabled
    for ai_account, search_service {{
        require publicNetworkAccess == "Disabled"
             or every r in ip_rules: r.value in allowed_ranges
        message "Set publicNetworkAccess to Disabled, or list approved ranges only."
    }}
}}
''',
    # versions, over several kinds
    '''
requirement modern_tls_{n} "Data stores of area {n} speak TLS 1.2 or later" {{
    severity  medium
    satisfies mcsb "DP-3"
    why       "Older versions can be read by whoever listens."
    effect    deny | audit | disabled
    for storage_account, sql_server where location == "westeurope" or name like "st{n}*" {{
        require tls >= 1.2
        message "Set the minimum TLS version to 1.2."
    }}
}}
''',
    # a repair
    '''
requirement keyless_{n} "Search services of area {n} accept Entra ID only" {{
    severity  high
    satisfies mcsb "IM-1"
    why       "Keys are shared, and nobody knows by whom."
    effect    audit | deny | modify | disabled
    for search_service where tags["area"] == "{n}" {{
        require disableLocalAuth == true
        conflict audit
        remedy  set disableLocalAuth = true with role "Search Service Contributor"
        message "Set disableLocalAuth to true."
    }}
}}
''',
    # tags
    '''
requirement tagged_{n} "Resources of area {n} carry their tags" {{
    severity  low
    why       "Who is called at night stands in the tags."
    effect    audit | deny | disabled
    for ai_account, ml_workspace, storage_account {{
        require every t in required_tags: tags has_key t
        require tags["area"] in ["{n}", "shared", "platform"]
    }}
}}
''',
    # a related resource and its deployment
    '''
requirement logged_{n} "AI services of area {n} send their logs" {{
    severity  high
    satisfies mcsb "LT-3", nist_800_53 "AU-12"
    why       "What was asked and answered is asked for after the incident."
    effect    auditIfNotExists | deployIfNotExists | disabled
    for ai_account {{
        require related diagnostic_setting d: d.workspaceId == log_workspace
            and some l in d.logs: l.enabled and l.categoryGroup in ["audit", "allLogs"]
        delay   10 minutes
        remedy  deploy diagnostic_setting "logs-{n}" {{
            workspaceId = log_workspace
            logs        = [{{ categoryGroup = "allLogs", enabled = true }}]
        }} with role "Monitoring Contributor", "Log Analytics Contributor"
        message "Send all logs to the central workspace."
    }}
}}
''',
    # one item of an array, a child and its twin inside the parent
    '''
requirement no_inbound_{n} "No rule of area {n} lets the internet in" {{
    severity  critical
    satisfies mcsb "NS-1"
    why       "Port {n} was open once, and once was enough."
    effect    deny | audit | disabled
    for security_rule {{
        require not (access == "Allow" and direction == "Inbound" and destinationPortRange == "{n}"
            and (sourceAddressPrefix in ["*", "Internet", "0.0.0.0/0", "::/0"]
                or some p in sourceAddressPrefixes: p in ["*", "Internet", "0.0.0.0/0", "::/0"]))
        message "Name the sources that may come in on port {n}."
    }}
}}
''',
    # records
    '''
requirement model_approved_{n} "Deployments of area {n} use an approved model" {{
    severity  high
    why       "A model nobody has tested answers customers."
    effect    deny | audit | disabled
    for model_deployment {{
        require some m in approved_models: model.name == m.name and model.version == m.version
        require sku.capacity <= {n}
        message "Choose a model and a version from the approved list."
    }}
}}
''',
    # text in a URI
    '''
requirement keys_{n} "Customer keys of area {n} come from approved vaults" {{
    severity  high
    satisfies mcsb "DP-5"
    why       "Who has the key has the data."
    effect    audit | deny | disabled
    for ai_account, storage_account where key_uri is set {{
        require host(key_uri) in vault_hosts
        require tags["class"] == "secret-{n}" implies host(key_uri) like "*.managedhsm.azure.net"
    }}
}}
''',
    # regions, durations and sizes
    '''
requirement small_clusters_{n} "Clusters of area {n} are small and sleep" {{
    severity  medium
    why       "A forgotten cluster costs more than a team."
    effect    audit | deny | disabled
    for ml_cluster {{
        require location in allowed_locations
        require scaleSettings.minNodeCount == 0 and scaleSettings.maxNodeCount <= {n}
        require scaleSettings.nodeIdleTimeBeforeScaleDown <= 15 minutes
        message "Let the cluster scale to zero after at most 15 minutes."
    }}
}}
''',
    # a table by a tag of the group
    '''
requirement own_subnet_{n} "Computes of area {n} use the subnets of their environment" {{
    severity  high
    why       "A test machine in the network of production is production."
    effect    audit | deny | disabled
    for ml_compute where subnet.id is set and name like "c{n}-*" {{
        require subnet.id in subnets_of[environment_tag]
        message "Attach the compute to a subnet of its environment."
    }}
}}
''',
    # what the service writes later
    '''
requirement endpoint_{n} "AI services of area {n} have an approved private endpoint" {{
    severity  medium
    satisfies mcsb "NS-2"
    why       "Private traffic does not leave the network."
    effect    auditIfNotExists | disabled
    for ai_account where location in ["westeurope", "swedencentral"] or tags["area"] == "{n}" {{
        require approved_link
        delay   30 minutes
        message "Create and approve a private endpoint."
    }}
}}
''',
    # conditions on conditions
    '''
requirement connections_{n} "Connections of area {n} hold no keys for long" {{
    severity  medium
    why       "A key that never ends is found by somebody else."
    effect    audit | deny | disabled
    for ai_connections {{
        require authType not in keyless implies expiryTime <= addDays(now, {n})
        require isSharedToAll == false or category in ["AzureOpenAI", "CognitiveSearch"]
        message "Use Entra ID, or let the connection expire within {n} days."
    }}
}}
''',
]


def make(folder, count):
    """Writes a project of `count` requirements; returns (files, lines, bytes)."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True)
    texts = {"project.moat": 'project "bench" {}\n'}
    for number, first in enumerate(range(0, count, PER_MODULE), 1):
        here = range(first, min(first + PER_MODULE, count))
        module = f"area_{number}"
        text = HEAD.format(module=module, number=number % 256, count=len(here), group=GROUP)
        text += "".join(SHAPES[i % len(SHAPES)].format(n=i + 1) for i in here)
        texts[f"{module}.moat"] = text
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    lines = sum(t.count("\n") for t in texts.values())
    return len(texts), lines, sum(len(t.encode()) for t in texts.values())


if __name__ == "__main__":
    if len(sys.argv) != 3 or not sys.argv[2].isdigit():
        sys.exit(__doc__)
    print("%d files, %d lines, %d bytes" % make(sys.argv[1], int(sys.argv[2])))
