// vocabulary.c - see vocabulary.h
//
// SPDX-License-Identifier: MIT
#include "laws/vocabulary.h"

#include <stddef.h>

#define END                                                                                        \
    {                                                                                              \
        NULL, SORT_COUNT, NULL, NULL                                                               \
    }

static const Property IP_RULE[] = {
    {"value", SORT_CIDR, "10.1.0.0/16|10.0.0.1|8.8.8.8|2001:db8::1|192.168.0.0-192.168.0.9", NULL},
    {"action", SORT_ENUM, "Allow", NULL},
    END};

static const Property NETWORK_RULE[] = {
    {"id", SORT_TEXT, "/subscriptions/1/resourceGroups/a|/subscriptions/2/x", NULL}, END};

static const Property STORAGE[] = {
    {"allowBlobPublicAccess", SORT_BOOL, "", NULL},
    {"supportsHttpsTrafficOnly", SORT_BOOL, "", NULL},
    {"accessTier", SORT_ENUM, "Hot|Cool|Premium|Cold", NULL},
    {"publicNetworkAccess", SORT_ENUM, "Enabled|Disabled|SecuredByPerimeter", NULL},
    {"minimumTlsVersion", SORT_VERSION, "TLS1_0|TLS1_1|TLS1_2|TLS1_3|TLS9", NULL},
    {"networkAcls.defaultAction", SORT_ENUM, "Allow|Deny", NULL},
    {"networkAcls.bypass", SORT_ENUM, "None|Logging|Metrics|AzureServices", NULL},
    {"networkAcls.ipRules", SORT_OBJECTS, "", IP_RULE},
    {"networkAcls.virtualNetworkRules", SORT_OBJECTS, "", NETWORK_RULE},
    {"keyPolicy.keyExpirationPeriodInDays", SORT_INT, "0|30|90", NULL},
    {"sasPolicy.sasExpirationPeriod", SORT_CLOCK,
     "7.00:00:00|06.23:59:59|7.00:00:01|12:00:00|10.00:00:00|00:05:00|1.12:00:00", NULL},
    {"encryption.keyvaultproperties.keyvaulturi", SORT_TEXT,
     "https://kv1.vault.azure.net/|HTTPS://KV1.vault.azure.net:443/keys/k/1|kv1|a/b/c", NULL},
    END};

static const Property SUBNET[] = {
    {"networkSecurityGroup.id", SORT_ENUM,
     "/subscriptions/1/resourceGroups/a/providers/Microsoft.Network/networkSecurityGroups/a|"
     "/subscriptions/2/resourceGroups/a/providers/Microsoft.Network/networkSecurityGroups/b",
     NULL},
    {"defaultOutboundAccess", SORT_BOOL, "", NULL},
    {"addressPrefix", SORT_TEXT, "10.0.0.0/24|10.0.1.0/24", NULL},
    {"addressPrefixes", SORT_TEXTS, "10.0.0.0/24|10.0.1.0/24|::/0", NULL},
    {"delegations", SORT_OBJECTS, "",
     (const Property[]){{"name", SORT_TEXT, "alpha|beta", NULL},
                        {"serviceName", SORT_TEXT, "Microsoft.Web|Microsoft.Sql", NULL},
                        END}},
    END};

static const Property SECURITY_RULE[] = {
    {"access", SORT_ENUM, "Allow|Deny", NULL},
    {"direction", SORT_ENUM, "Inbound|Outbound", NULL},
    {"priority", SORT_INT, "100|4096", NULL},
    {"sourceAddressPrefix", SORT_TEXT, "*|Internet|0.0.0.0/0|10.0.0.0/8", NULL},
    {"sourceAddressPrefixes", SORT_TEXTS, "*|internet|0.0.0.0/0|10.0.0.0/8", NULL},
    {"destinationPortRanges", SORT_TEXTS, "22|443|80-90", NULL},
    {"description", SORT_TEXT, "alpha|beta gamma", NULL},
    END};

static const Property FILTER[] = {
    {"name", SORT_TEXT, "Hate|Violence|alpha", NULL},
    {"source", SORT_ENUM, "Prompt|Completion", NULL},
    {"enabled", SORT_BOOL, "", NULL},
    {"blocking", SORT_BOOL, "", NULL},
    {"severityThreshold", SORT_RANKED, "High|Medium|Low|VeryLow", NULL},
    END};

static const Property RAI_POLICY[] = {
    {"basePolicyName", SORT_TEXT, "Microsoft.Default|alpha", NULL},
    {"contentFilters", SORT_OBJECTS, "", FILTER},
    {"customBlocklists", SORT_OBJECTS, "",
     (const Property[]){
         {"blocklistName", SORT_TEXT, "alpha|beta", NULL}, {"blocking", SORT_BOOL, "", NULL}, END}},
    END};

static const Property PERMISSION[] = {
    {"actions", SORT_TEXTS, "*|Microsoft.CognitiveServices/*|*/read", NULL},
    {"notActions", SORT_TEXTS, "*|Microsoft.Authorization/*", NULL},
    {"dataActions", SORT_TEXTS, "*|alpha", NULL},
    END};

static const Property ROLE_DEFINITION[] = {
    {"type", SORT_TEXT, "CustomRole|BuiltInRole", NULL},
    {"roleName", SORT_TEXT, "alpha|Owner", NULL},
    {"description", SORT_TEXT, "alpha|beta", NULL},
    {"assignableScopes", SORT_TEXTS, "/|/subscriptions/1", NULL},
    {"permissions", SORT_OBJECTS, "", PERMISSION},
    END};

static const Property REGION[] = {
    {"location", SORT_TEXT, "westeurope|West Europe|eastus", NULL},
    {"acrDetails", SORT_OBJECTS, "",
     (const Property[]){{"systemCreatedAcrAccount.acrAccountName", SORT_TEXT, "alpha|beta", NULL},
                        {"systemCreatedAcrAccount.acrAccountSku", SORT_TEXT, "Premium|Basic", NULL},
                        END}},
    END};

static const Property REGISTRY[] = {{"description", SORT_TEXT, "alpha|", NULL},
                                    {"publicNetworkAccess", SORT_TEXT, "Enabled|Disabled", NULL},
                                    {"privateLinkCount", SORT_INT, "0|1|3", NULL},
                                    {"regionDetails", SORT_OBJECTS, "", REGION},
                                    END};

static const Property CLUSTER[] = {
    {"scaleSettings.minNodeCount", SORT_INT, "0|1", NULL},
    {"scaleSettings.maxNodeCount", SORT_INT, "1|4|5", NULL},
    {"scaleSettings.autoScaleEnabled", SORT_BOOL, "", NULL},
    {"scaleSettings.nodeIdleTimeBeforeScaleDown", SORT_ISO8601,
     "PT15M|pt2m|PT1M30S|PT16M|PT1H|P1D|PT900S|PT901S|P1W|P1DT2H|15m", NULL},
    END};

static const Property EXEMPTION[] = {
    {"expiresOn", SORT_DATE,
     "2026-01-15T00:00:00Z|2026-01-14T23:59:59Z|2026-02-28T12:00:00Z|2026-04-15T00:00:00Z|"
     "2026-12-31T00:00:00Z",
     NULL},
    {"exemptionCategory", SORT_ENUM, "Waiver|Mitigated", NULL},
    {"description", SORT_TEXT, "alpha|SEC-7|", NULL},
    {"displayName", SORT_TEXT, "alpha|beta", NULL},
    {"policyDefinitionReferenceIds", SORT_TEXTS, "alpha|beta|gamma", NULL},
    END};

static const Property DATA_VERSION[] = {{"description", SORT_TEXT, "alpha|beta", NULL},
                                        {"isArchived", SORT_BOOL, "", NULL},
                                        {"properties.tags", SORT_TABLE, "alpha|lake", NULL},
                                        END};

static const Property ACCOUNT[] = {
    {"customSubDomainName", SORT_TEXT, "contoso-a|test-b|alpha", NULL},
    {"disableLocalAuth", SORT_BOOL, "", NULL},
    {"publicNetworkAccess", SORT_ENUM, "Enabled|Disabled", NULL},
    {"networkAcls.defaultAction", SORT_ENUM, "Allow|Deny", NULL},
    {"networkAcls.ipRules", SORT_OBJECTS, "",
     (const Property[]){{"value", SORT_CIDR, "10.1.0.0/16|8.8.8.8|2001:db8:1::/48", NULL}, END}},
    {"networkAcls.virtualNetworkRules", SORT_OBJECTS, "",
     (const Property[]){{"id", SORT_TEXT, "/subscriptions/1/a|/subscriptions/2/b", NULL},
                        {"ignoreMissingVnetServiceEndpoint", SORT_BOOL, "", NULL},
                        {"state", SORT_TEXT, "Succeeded|alpha", NULL},
                        END}},
    {"userOwnedStorage", SORT_OBJECTS, "",
     (const Property[]){{"resourceId", SORT_TEXT, "/subscriptions/1/a|alpha", NULL}, END}},
    END};

const VocabularyKind VOCABULARY[] = {
    {.name = "storage_account",
     .type = "Microsoft.Storage/storageAccounts",
     .opening = "kind storage_account \"Microsoft.Storage/storageAccounts\"",
     .items = "versions minimumTlsVersion: \"TLS1_0\" = 1.0, \"TLS1_1\" = 1.1, \"TLS1_2\" = 1.2, "
              "\"TLS1_3\" = 1.3|type sasPolicy.sasExpirationPeriod: duration(clock)|"
              "type networkAcls.ipRules[*].value: cidr",
     .may = "default minimumTlsVersion = \"TLS1_0\"|default networkAcls.bypass = \"AzureServices\"|"
            "default supportsHttpsTrafficOnly = if request.apiVersion >= \"2019-04-01\" then true "
            "else false|default allowBlobPublicAccess = true|"
            "default networkAcls.defaultAction = if request.apiVersion >= \"2021-06-01\" then "
            "\"Deny\" else \"Allow\"|since allowBlobPublicAccess \"2019-06-01\"|"
            "default keyPolicy.keyExpirationPeriodInDays = 30",
     .properties = STORAGE,
     .names = "sta|stb|alpha"},
    {.name = "subnet",
     .type = "Microsoft.Network/virtualNetworks/subnets",
     .declared = "kind virtual_network \"Microsoft.Network/virtualNetworks\"",
     .opening = "kind subnet \"Microsoft.Network/virtualNetworks/subnets\" inline "
                "virtual_network.subnets[*]",
     .may = "default defaultOutboundAccess = true",
     .parent_type = "Microsoft.Network/virtualNetworks",
     .parent_path = "subnets[*]",
     .properties = SUBNET,
     .names = "GatewaySubnet|snet-a|alpha",
     .is_bare = true},
    {.name = "security_rule",
     .type = "Microsoft.Network/networkSecurityGroups/securityRules",
     .declared = "kind network_security_group \"Microsoft.Network/networkSecurityGroups\"",
     .opening = "kind security_rule \"Microsoft.Network/networkSecurityGroups/securityRules\" "
                "inline network_security_group.securityRules[*]",
     .may = "default priority = 100",
     .parent_type = "Microsoft.Network/networkSecurityGroups",
     .parent_path = "securityRules[*]",
     .properties = SECURITY_RULE,
     .names = "rule-a|alpha",
     .is_bare = true},
    {.name = "rai_policy",
     .type = "Microsoft.CognitiveServices/accounts/raiPolicies",
     .opening = "kind rai_policy \"Microsoft.CognitiveServices/accounts/raiPolicies\"",
     .items = "order contentFilters[*].severityThreshold: \"High\" < \"Medium\" < \"Low\"",
     .may = "default basePolicyName = \"Microsoft.Default\"|"
            "default contentFilters[*].blocking = true|"
            "default contentFilters[*].severityThreshold = \"Medium\"",
     .properties = RAI_POLICY,
     .names = "strict|alpha",
     .is_bare = true},
    {.name = "role_definition",
     .type = "Microsoft.Authorization/roleDefinitions",
     .opening = "kind role_definition \"Microsoft.Authorization/roleDefinitions\"",
     .may = "default description = \"alpha\"",
     .properties = ROLE_DEFINITION,
     .names = "alpha|beta",
     .is_bare = true},
    {.name = "ml_registry",
     .type = "Microsoft.MachineLearningServices/registries",
     .opening = "kind ml_registry \"Microsoft.MachineLearningServices/registries\"",
     .may = "default publicNetworkAccess = \"Enabled\"|default privateLinkCount = 1",
     .properties = REGISTRY,
     .names = "reg|alpha"},
    {.name = "ml_cluster",
     .type = "Microsoft.MachineLearningServices/workspaces/computes",
     .declared = "kind ml_compute \"Microsoft.MachineLearningServices/workspaces/computes\"",
     .opening = "kind ml_cluster = ml_compute where computeType == \"AmlCompute\"",
     .items = "type scaleSettings.nodeIdleTimeBeforeScaleDown: duration(iso8601)",
     .may = "default scaleSettings.minNodeCount = 0|"
            "default scaleSettings.nodeIdleTimeBeforeScaleDown = \"PT15M\"",
     .fixed = "computeType=AmlCompute",
     .properties = CLUSTER,
     .names = "cluster|alpha",
     .is_bare = true},
    {.name = "exemption_object",
     .type = "Microsoft.Authorization/policyExemptions",
     .opening = "kind exemption_object \"Microsoft.Authorization/policyExemptions\"",
     .items = "type expiresOn: datetime",
     .may = "default exemptionCategory = \"Waiver\"",
     .properties = EXEMPTION,
     .names = "ex|alpha",
     .is_bare = true},
    {.name = "data_version",
     .type = "Microsoft.MachineLearningServices/workspaces/data/versions",
     .opening = "kind data_version \"Microsoft.MachineLearningServices/workspaces/data/versions\"",
     .may = "default isArchived = false",
     .properties = DATA_VERSION,
     .names = "1|2",
     .is_bare = true},
    {.name = "ai_account",
     .type = "Microsoft.CognitiveServices/accounts",
     .opening = "kind ai_account \"Microsoft.CognitiveServices/accounts\"",
     .items = "type networkAcls.ipRules[*].value: cidr",
     .may = "default publicNetworkAccess = \"Enabled\"|since publicNetworkAccess \"2021-04-30\"|"
            "default networkAcls.defaultAction = \"Allow\"|default disableLocalAuth = false",
     .properties = ACCOUNT,
     .names = "ai|alpha"},
};
const unsigned VOCABULARY_COUNT = sizeof VOCABULARY / sizeof VOCABULARY[0];
