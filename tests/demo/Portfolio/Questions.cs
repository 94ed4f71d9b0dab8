namespace Agency.Demo.Portfolio;

/// <summary>Answers what a flow asks of a project 情形, as likely as such projects are in the city.</summary>
internal static class Questions
{
    // How likely a yes is, in percent, by flow and condition or by condition alone; of what is not named here, Otherwise.
    private const int Otherwise = 15;

    private static readonly Dictionary<string, int> _yes = Percents(
        "A01 50 A06 70 A10 45 A11 30 A12 35 A15 10 A16 4 A17 25 A18 6 B03 80 B05 60 B06 3 B07 12 B08 70 B09 40 B10 20 B11 40 C01 90 C03 30 C09 8 C10 80 "
        + "D06 90 D13 60 E01 4 E02 5 E03 60 E04 50 E05 15 F01 70 LAND_ALLOCATED 80 LAND_GRANTED 85 P04 60 P05 8 P06 6 P07 5 P08 6 P10 35 P11 35 P12 50 P13 15 P14 45 P15 40 "
        + "U01 50 U02 60 U05 55 U07 70 Z01 30 GOV_HOUSE/C03 95 GOV_LINEAR/C03 95 IND/B08 20 IND/C09 18 IND/A06 30 SOC_HOUSE/A06 30 RENO/C03 50");

    // How heavy each item of an exclusive group weighs; "-" is none of them.
    private static readonly Dictionary<string, int> _weights = Percents(
        "A02 4 A03 1 A04 8 A05 3 A07 9 A08 1 SOC_HOUSE/A07 1 SOC_HOUSE/A08 9 P01 1 P02 5 P03 4 C02 3 D06 6 U03 6 U04 3 - 1");

    /// <summary>Conditions on which little else hangs, so that one of them can be left open.</summary>
    private static readonly string[] _lateOnes = ["U05", "P14", "E05", "P12", "D13", "E03"];

    /// <summary>The answers to all conditions of a flow.</summary>
    public static Dictionary<string, bool> Answers(string code, FlowAnswer flow, Lot lot)
    {
        var answers = flow.Conditions.ToDictionary(c => c.Code, c => lot.Happens(c.Code, Of(_yes, code, c.Code, Otherwise) / 100.0));
        foreach (var group in flow.ExclusiveGroups)
        {
            string[] choice = group.Rule == "exactlyOne" ? [.. group.Items] : [.. group.Items, "-"];
            var chosen = lot.Weighted(string.Join(' ', group.Items), [.. choice.Select(c => (c, Of(_weights, code, c, 1)))]);
            foreach (var item in flow.Items.Where(i => group.Items.Contains(i.Item) && i.Condition is not null)) answers[item.Condition!] = item.Item == chosen;
        }

        return answers;
    }

    /// <summary>A condition to be left open; null if the flow asks none that can.</summary>
    public static string? ToLeaveOpen(FlowAnswer flow, Lot lot)
    {
        string[] askable = [.. _lateOnes.Where(c => flow.Conditions.Any(asked => asked.Code == c))];
        return askable.Length == 0 ? null : lot.One("left open", askable);
    }

    private static int Of(Dictionary<string, int> table, string flow, string code, int otherwise) =>
        table.TryGetValue($"{flow}/{code}", out var special) ? special : table.GetValueOrDefault(code, otherwise);

    private static Dictionary<string, int> Percents(string table) => table.Split(' ').Chunk(2).ToDictionary(p => p[0], p => int.Parse(p[1], null));
}
