namespace Agency.Demo;

/// <summary>The building of the demonstration: a ward block of a municipal hospital, invested by the government, on allocated farmland in Shunqing.</summary>
internal static class Building
{
    public const string Code = "2401-511302-04-01-155024";

    /// <summary>Why all of it is entered late.</summary>
    public const string LateReason = "按纸质档案补录";

    private const string RegisteredOn = "2024-01-08";

    // What there is: a proposal of its own, new and partly farmed land on a slope, an air-raid shelter, a design put out to tender,
    // a special building for fire protection (in-patients) with an oxygen station, lifts, a report form for the environment.
    private const string Yes = "Z01 A01 A06 A10 A11 A12 A17 LAND_ALLOCATED B07 B08 B09 B10 B11 C02 C03 C09 D13 E03 E05 F01 P02 P04 P11 P12 P13 P14 U03 U05 U07";

    // What there is not: granted land, forest, mineral deposits, a security zone, an over-limit high-rise, a river or airport beside it, water of its own.
    private const string No = "LAND_GRANTED A15 A16 A18 B06 D06 E01 E02 P01 P03 P05 P06 P07 U04";

    /// <summary>The body of its registration.</summary>
    public static IReadOnlyDictionary<string, object?> Registration { get; } = new Dictionary<string, object?>
    {
        ["code"] = Code,
        ["name"] = "南充市第二人民医院住院综合楼",
        ["flow"] = "GOV_HOUSE",
        ["ownerName"] = "南充市第二人民医院",
        ["ownerCreditCode"] = "1251130245123456XT",
        ["district"] = "511302",
        ["authority"] = "city",
        ["leadDepartment"] = "511300-ZJJ",
        ["keyLevel"] = "livelihood",
        ["investment"] = 32000,
        ["plannedConstructionDays"] = 240,
        ["conditions"] = Yes.Split(' ').ToDictionary(c => c, _ => true).Concat(No.Split(' ').ToDictionary(c => c, _ => false)).ToDictionary(),
        ["occurredOn"] = RegisteredOn,
        ["lateReason"] = LateReason,
    };

    /// <summary>The body of its division: what is not the second lot stays the first work.</summary>
    public static IReadOnlyDictionary<string, object?> SecondWork { get; } = new Dictionary<string, object?>
    {
        ["name"] = "二标段",
        ["reason"] = "住院楼与医技附楼分两个标段建设",
        ["occurredOn"] = RegisteredOn,
        ["lateReason"] = LateReason,
    };
}
