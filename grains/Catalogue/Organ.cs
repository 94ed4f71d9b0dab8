namespace Agency.Catalogue;

/// <summary>What an organ is; it decides who records an item's steps (domain 5.1).</summary>
public enum OrganKind
{
    Department,
    HigherAuthority,
    TradingCentre,
    Intermediary,
    Utility,
    Owner,
}
