using System.Collections.Frozen;
using System.Text.Json;
using Agency.Api.Http;
using Agency.Calendar;
using Agency.Catalogue;
using Agency.Clocks;
using Agency.Departments;
using Agency.Ledgers;

namespace Agency.Api.Ledgers;

/// <summary>The sentences of a ledger's days, from <c>reasons.json</c>.</summary>
internal sealed class LedgerReasons(CityData city, DepartmentCodes departments)
{
    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> _texts = Load();

    /// <summary>Why a day is charged as it is; null where the clock counts on an ordinary working day.</summary>
    public string? Of(LedgerDay day, RequestLanguage language)
    {
        var texts = _texts[language.Tag];
        List<string> reasons = [];
        if (day.Kind is DayKind.MakeUpDay || day.Holder == Holder.NonWorking) reasons.Add(texts[EnumNames.Of(day.Kind)]);
        reasons.AddRange(day.Causes.Where(c => c.Cause != Cause.Accepted).Select(c => Of(c, texts, language)).Distinct());
        return reasons.Count == 0 ? null : string.Join(texts["separator"], reasons);
    }

    private string Of(LedgerCause cause, FrozenDictionary<string, string> texts, RequestLanguage language)
    {
        var procedure = cause.Procedure is null ? null : city.Procedure(cause.Procedure);
        return texts[EnumNames.Of(cause.Cause)]
            .Replace("{procedure}", (language == RequestLanguage.English ? procedure?.NameEn : null) ?? procedure?.Name ?? cause.Procedure, StringComparison.Ordinal)
            .Replace("{department}", cause.Department is null ? "" : departments.Find(cause.Department)?.ShortName ?? cause.Department, StringComparison.Ordinal);
    }

    private static FrozenDictionary<string, FrozenDictionary<string, string>> Load()
    {
        using var stream = typeof(LedgerReasons).Assembly.GetManifestResourceStream("reasons.json") ?? throw new InvalidOperationException("reasons.json is not embedded.");
        return (JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(stream, JsonSerializerOptions.Strict) ?? [])
            .ToFrozenDictionary(l => l.Key, l => l.Value.ToFrozenDictionary());
    }
}
