"""Makes an inventory: what Resource Graph exports of an AI landing zone, a row a line.

    inventory.py FILE COUNT

Rows are a kilobyte each, of the types and in the proportions such estates have: a
few accounts and workspaces, and the network, disks and logs around them. The same
count makes the same file.
"""
# SPDX-License-Identifier: MIT

import json
import random
import sys

LOCATIONS = ["westeurope", "northeurope", "swedencentral", "germanywestcentral"]
SWITCHES = ["Disabled", "Disabled", "Disabled", "Enabled"]
TENANT = "8c2f1d77-0b0e-4f6c-9a35-2f4f5a5d1c10"

ACLS = {"defaultAction": "%(acl)s", "virtualNetworkRules": [],
        "ipRules": [{"value": "10.%(small)s.0.0/16"}, {"value": "192.168.%(small)s.1"}]}
LINKS = [{"id": "%(id)s/privateEndpointConnections/pe-%(small)s",
          "properties": {"provisioningState": "Succeeded",
                         "privateEndpoint": {"id": "%(group_id)s/providers/Microsoft.Network/"
                                                   "privateEndpoints/pe-%(small)s"},
                         "privateLinkServiceConnectionState": {"status": "%(approved)s",
                                                               "actionsRequired": "None"}}}]
ENCRYPTION = {"keySource": "Microsoft.Keyvault", "requireInfrastructureEncryption": True,
              "keyVaultProperties": {"keyVaultUri": "https://kv-%(small)s.vault.azure.net",
                                     "keyName": "cmk", "keyVersion": ""}}
RULES = [{"name": "rule-" + port,
          "properties": {"protocol": "Tcp", "access": "%(access)s", "direction": "Inbound",
                         "priority": int(port), "sourcePortRange": "*",
                         "sourceAddressPrefix": "%(source)s", "sourceAddressPrefixes": [],
                         "destinationAddressPrefix": "*", "destinationPortRange": port}}
         for port in ("443", "1433")]

# type, its share in a thousand, kind, SKU, properties
TYPES = [
    ("Microsoft.CognitiveServices/accounts", 20, "AIServices", "S0",
     {"publicNetworkAccess": "%(switch)s", "disableLocalAuth": "%(yes)s", "networkAcls": ACLS,
      "customSubDomainName": "%(name)s", "privateEndpointConnections": LINKS,
      "encryption": ENCRYPTION}),
    ("Microsoft.CognitiveServices/accounts/deployments", 30, None, "GlobalStandard",
     {"model": {"format": "OpenAI", "name": "%(model)s", "version": "2024-11-20"},
      "versionUpgradeOption": "NoAutoUpgrade", "raiPolicyName": "Microsoft.DefaultV2",
      "currentCapacity": 50, "capabilities": {"chatCompletion": "true", "maxContextToken": "128000"},
      "rateLimits": [{"key": "request", "renewalPeriod": 10, "count": 50},
                     {"key": "token", "renewalPeriod": 60, "count": 50000}]}),
    ("Microsoft.CognitiveServices/accounts/projects/connections", 10, None, None,
     {"authType": "AAD", "category": "CognitiveSearch", "isSharedToAll": "%(yes)s",
      "target": "https://srch-%(small)s.search.windows.net", "group": "AzureAI",
      "metadata": {"ApiType": "Azure", "type": "azure_ai_search"}, "peRequirement": "NotRequired"}),
    ("Microsoft.MachineLearningServices/workspaces", 15, "Default", "Basic",
     {"publicNetworkAccess": "%(switch)s", "hbiWorkspace": False, "v1LegacyMode": False,
      "managedNetwork": {"isolationMode": "AllowOnlyApprovedOutbound"},
      "privateEndpointConnections": LINKS}),
    ("Microsoft.MachineLearningServices/workspaces/computes", 20, None, None,
     {"computeType": "AmlCompute", "disableLocalAuth": "%(yes)s", "provisioningState": "Succeeded",
      "properties": {"vmSize": "STANDARD_NC24ADS_A100_V4", "enableNodePublicIp": False,
                     "scaleSettings": {"minNodeCount": 0, "maxNodeCount": 8,
                                       "nodeIdleTimeBeforeScaleDown": "PT15M"},
                     "subnet": {"id": "%(group_id)s/providers/Microsoft.Network/virtualNetworks/"
                                      "vnet-%(small)s/subnets/ml"}}}),
    ("Microsoft.Search/searchServices", 15, None, "standard",
     {"publicNetworkAccess": "%(switch)s", "disableLocalAuth": "%(yes)s", "replicaCount": 3,
      "partitionCount": 1, "hostingMode": "default", "semanticSearch": "standard",
      "networkRuleSet": {"bypass": "None", "ipRules": [{"value": "10.%(small)s.0.0/16"}]},
      "privateEndpointConnections": LINKS}),
    ("Microsoft.Storage/storageAccounts", 90, "StorageV2", "Standard_ZRS",
     {"minimumTlsVersion": "TLS1_2", "supportsHttpsTrafficOnly": True, "allowBlobPublicAccess": "%(yes)s",
      "publicNetworkAccess": "%(switch)s", "allowSharedKeyAccess": "%(yes)s", "networkAcls": ACLS,
      "encryption": ENCRYPTION, "creationTime": "2024-03-11T08:15:30.1234567Z"}),
    ("Microsoft.KeyVault/vaults", 70, None, None,
     {"enableRbacAuthorization": "%(yes)s", "enablePurgeProtection": True, "enableSoftDelete": True,
      "softDeleteRetentionInDays": 90, "publicNetworkAccess": "%(switch)s", "networkAcls": ACLS,
      "tenantId": TENANT, "vaultUri": "https://%(name)s.vault.azure.net/", "accessPolicies": []}),
    ("Microsoft.Sql/servers", 15, "v12.0", None,
     {"minimalTlsVersion": "1.2", "publicNetworkAccess": "%(switch)s", "version": "12.0",
      "administrators": {"azureADOnlyAuthentication": "%(yes)s", "tenantId": TENANT},
      "privateEndpointConnections": LINKS}),
    ("Microsoft.Sql/servers/databases", 40, "v12.0,user", "GP_Gen5_2",
     {"collation": "SQL_Latin1_General_CP1_CI_AS", "maxSizeBytes": 34359738368, "status": "Online",
      "zoneRedundant": True, "requestedBackupStorageRedundancy": "Geo", "isLedgerOn": False}),
    ("Microsoft.Network/privateEndpoints", 160, None, None,
     {"subnet": {"id": "%(group_id)s/providers/Microsoft.Network/virtualNetworks/vnet/subnets/pe"},
      "privateLinkServiceConnections": [{"name": "%(name)s", "properties": {
          "groupIds": ["account"], "privateLinkServiceConnectionState": {"status": "%(approved)s"}}}],
      "networkInterfaces": [{"id": "%(group_id)s/providers/Microsoft.Network/networkInterfaces/n"}]}),
    ("Microsoft.Network/networkInterfaces", 170, None, None,
     {"enableIPForwarding": False, "enableAcceleratedNetworking": True, "macAddress": "00-0D-3A-2B-11-6E",
      "ipConfigurations": [{"name": "ipconfig1", "properties": {
          "privateIPAddress": "10.%(small)s.4.7", "privateIPAllocationMethod": "Dynamic"}}]}),
    ("Microsoft.Network/networkSecurityGroups", 70, None, None, {"securityRules": RULES}),
    ("Microsoft.Compute/disks", 120, None, "Premium_LRS",
     {"diskSizeGB": 256, "diskState": "Attached", "osType": "Linux", "networkAccessPolicy": "DenyAll",
      "publicNetworkAccess": "%(switch)s", "encryption": {"type": "EncryptionAtRestWithPlatformKey"},
      "timeCreated": "2024-05-02T06:44:12.9182133+00:00"}),
    ("Microsoft.ManagedIdentity/userAssignedIdentities", 85, None, None,
     {"clientId": "%(guid)s", "principalId": "%(guid)s", "tenantId": TENANT}),
    ("Microsoft.Insights/components", 70, "web", None,
     {"Application_Type": "web", "IngestionMode": "LogAnalytics", "RetentionInDays": 90,
      "publicNetworkAccessForIngestion": "%(switch)s", "AppId": "%(guid)s"}),
]

HEAD = ('{"id":"%(id)s","name":"%(name)s","type":"%(type)s","tenantId":"' + TENANT + '","kind":"%(kind)s",'
        '"location":"%(location)s","resourceGroup":"%(group)s","subscriptionId":"%(guid)s",'
        '"managedBy":"","sku":%(sku)s,"plan":null,"properties":')
TAIL = (',"tags":{"owner":"team-%(small)s","environment":"%(environment)s","area":"%(small)s",'
        '"cost center":"%(number)s \\"shared\\"","data class":"confidential"},"identity":'
        '{"type":"SystemAssigned","principalId":"%(guid)s","tenantId":"' + TENANT + '"},'
        '"zones":null,"extendedLocation":null}\n')


def row_of(number, kinds, r):
    type_, kind, sku, text = r.choices(kinds, [k[4] for k in kinds])[0][:4]
    small = r.randrange(250)
    values = {"number": number, "small": small, "type": type_.lower(), "kind": kind or "",
              "guid": "5e1f0c2a-7b1d-4a55-9a0e-%012d" % (number % 40), "group": f"rg-ai-{small}",
              "name": f"{type_.rsplit('/')[-1][:4].lower()}{number:06}",
              "location": r.choice(LOCATIONS), "switch": r.choice(SWITCHES),
              "yes": r.choice(["true", "true", "false"]), "acl": r.choice(["Deny", "Deny", "Allow"]),
              "approved": r.choice(["Approved", "Approved", "Pending"]),
              "access": r.choice(["Deny", "Allow"]), "source": r.choice(["10.0.0.0/8", "Internet"]),
              "environment": r.choice(["prod", "test", "dev"]),
              "model": r.choice(["gpt-4o", "gpt-4o-mini", "text-embedding-3-large"]),
              "sku": json.dumps({"name": sku, "capacity": small}, separators=(",", ":")) if sku else "null"}
    values["group_id"] = "/subscriptions/%(guid)s/resourceGroups/%(group)s" % values
    space, *types = type_.split("/")
    below = "".join(f"/{t}/parent-{small}" for t in types[:-1])
    values["id"] = f"{values['group_id']}/providers/{space}{below}/{types[-1]}/{values['name']}"
    return (HEAD + text + TAIL) % values


def make(path, count):
    """Writes an inventory of `count` rows; returns its size in bytes."""
    r = random.Random(count)
    kinds = [(name, kind, sku, json.dumps(properties, separators=(",", ":"))
              .replace('"%(yes)s"', "%(yes)s"), share) for name, share, kind, sku, properties in TYPES]
    with open(path, "w", encoding="utf-8") as out:
        for number in range(count):
            out.write(row_of(number, kinds, r))
        return out.tell()


if __name__ == "__main__":
    if len(sys.argv) != 3 or not sys.argv[2].isdigit():
        sys.exit(__doc__)
    print("%d bytes" % make(sys.argv[1], int(sys.argv[2])))
