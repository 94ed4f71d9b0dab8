using System.Collections.Immutable;
using Agency.Approvals;
using Agency.EventSourcing;
using Agency.Problems;
using Agency.Reminders;
using Agency.Reviews;
using Agency.Services;

namespace Agency.Catalogue;

/// <summary>Checks data/: codes that are known and used once, no circle, and shipped flows that can be made.</summary>
internal static class CityCheck
{
    private const string Catalogue = "catalogue.json";
    private const string Service = "service.json";
    private const string Reviews = "reviews.json";
    private const string Reminders = "reminders.json";
    private const int LongestDays = 366;

    public static CityData? Run(CityDraft draft, out ImmutableArray<CityProblem> problems)
    {
        var found = ImmutableArray.CreateBuilder<CityProblem>();
        Codes("organs.json", "", draft.Organs.Select(o => o.Code));
        Codes("districts.json", "/districts", draft.City.Districts.Select(d => d.Code));
        Codes("clusters.json", "/clusters", draft.Clusters.Select(c => c.Code));
        Codes(Catalogue, "/stages", draft.Stages.Select(s => s.Code));
        Codes(Catalogue, "/procedures", draft.Procedures.Select(p => p.Code));
        Codes(Catalogue, "/conditions", draft.Conditions.Select(c => c.Code));
        Codes(Catalogue, "/items", draft.Items.Select(i => i.Draft.Item));
        Codes(Catalogue, "/flows", draft.Flows.Select(f => f.Code));
        Codes(Service, "/problemCategories", draft.Service.ProblemCategories.Select(c => c.Code));
        if (!draft.Service.ProblemCategories.Any(c => c.Code == ProblemCategory.BasisChanged)) found.Add(new(Service, Fault.Of("/problemCategories", "unknown-category", ("code", ProblemCategory.BasisChanged))));
        found.AddRange(Days(draft.Service).Where(d => d.Days is < 1 or > LongestDays).Select(d => new CityProblem(Service, Fault.Of(d.At, "bad-number", ("min", 1), ("max", LongestDays)))));
        found.AddRange(Days(draft.Reviews).Where(d => d.Days is < 1 or > LongestDays).Select(d => new CityProblem(Reviews, Fault.Of(d.At, "bad-number", ("min", 1), ("max", LongestDays)))));
        if (draft.Reviews.NumberOf(2026, 1) == draft.Reviews.NumberOf(2026, 2) || draft.Reviews.NumberOf(2026, 1) == draft.Reviews.NumberOf(2027, 1)) found.Add(new(Reviews, Fault.Of("/minutesNumber", "number-not-unique")));
        found.AddRange(Texts(draft.Reviews).Where(t => string.IsNullOrWhiteSpace(t.Text)).Select(t => new CityProblem(Reviews, Fault.Of(t.At, "bad-text", ("max", StepForm.LongestText)))));
        Codes(Reminders, "/rules", draft.Reminders.Rules.Select(r => r.Code));
        found.AddRange(ReminderCheck.Run(draft.Reminders).Select(f => new CityProblem(Reminders, f)));
        DistrictCodes();

        var problemsOfItems = new List<Fault>();
        var maker = new ItemMaker(draft.Organs.Select(o => o.Code), draft.Stages.Select(s => s.Code), problemsOfItems);
        for (var i = 0; i < draft.Stages.Length; i++)
            maker.Known(maker.Organs, draft.Stages[i].Lead, $"/stages/{i}/lead", "unknown-organ");
        for (var i = 0; i < draft.Procedures.Length; i++)
            maker.Range(draft.Procedures[i].MaxDays ?? 1, 1, Procedure.LongestDays, $"/procedures/{i}/maxDays");

        var codes = draft.Items.Select(i => i.Draft.Item).ToHashSet(StringComparer.Ordinal);
        var items = ImmutableArray.CreateBuilder<CatalogueItem>();
        for (var i = 0; i < draft.Items.Length; i++)
        {
            var item = draft.Items[i];
            for (var j = 0; j < item.After.Length; j++) maker.Known(codes, item.After[j], $"/items/{i}/after/{j}", "unknown-item");
            for (var j = 0; j < item.NeededBefore.Length; j++) maker.Known(codes, item.NeededBefore[j], $"/items/{i}/neededBefore/{j}", "unknown-item");
            if (maker.Make(item.Draft, null, $"/items/{i}") is { } definition) items.Add(new(definition, item.After, item.NeededBefore, item.Reserved));
        }

        found.AddRange(problemsOfItems.Select(p => new CityProblem(Catalogue, p)));
        if (found.Count == 0 && Graph.Circle([.. items.SelectMany(CityData.EdgesOf)]) is { IsEmpty: false } circle)
            found.Add(new(Catalogue, Fault.Of("/items", "circle", ("items", string.Join(' ', circle)))));

        var city = found.Count == 0 ? new CityData(draft, items.ToImmutable()) : null;
        for (var i = 0; city is not null && i < draft.Flows.Length; i++)
        {
            FlowMaker.Make(draft.Flows[i].Draft, draft.Flows[i].Code, 1, city, out var wrong);
            found.AddRange(wrong.Select(p => new CityProblem(Catalogue, p with { At = $"/flows/{i}{p.At}" })));
        }

        problems = found.ToImmutable();
        return problems.IsEmpty ? city : null;

        void Codes(string file, string pointer, IEnumerable<string> all)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (index, code) in all.Index())
            {
                if (!ItemMaker.IsCode(code)) found.Add(new(file, Fault.Of($"{pointer}/{index}/code", "invalid-code", ("code", code))));
                else if (!seen.Add(code)) found.Add(new(file, Fault.Of($"{pointer}/{index}/code", "duplicate-code", ("code", code))));
            }
        }

        void DistrictCodes()
        {
            foreach (var (pointer, code) in draft.City.Districts.Select((d, i) => ($"/districts/{i}/code", d.Code)).Prepend(("/city/code", draft.City.Code)))
            {
                if (code.Length != 6 || !code.All(char.IsAsciiDigit)) found.Add(new("districts.json", Fault.Of(pointer, "invalid-code", ("code", code))));
            }
        }
    }

    private static IEnumerable<(string At, int Days)> Days(ServiceRules rules) =>
    [
        .. Enum.GetValues<ProblemLevel>().Select(level => ($"/problemDays/{FactJson.Name(level)}", rules.ProblemDays.Of(level))),
        ("/visits/firstContactWorkingDays", rules.Visits.FirstContactWorkingDays),
        ("/visits/daysBeforeStartPermit", rules.Visits.DaysBeforeStartPermit),
        ("/visits/daysAfterStartPermit", rules.Visits.DaysAfterStartPermit),
        ("/yellowWorkingDays", rules.YellowWorkingDays),
        ("/dutyYellowWorkingDays", rules.DutyYellowWorkingDays),
        ("/ratingCaseWorkingDays", rules.RatingCaseWorkingDays),
    ];

    private static IEnumerable<(string At, string Text)> Texts(ReviewRules rules) =>
        [("/promisedAction", rules.PromisedAction), ("/sessionDropped", rules.SessionDropped), ("/seriesEnded", rules.SeriesEnded)];

    private static IEnumerable<(string At, int Days)> Days(ReviewRules rules) =>
    [
        ("/noticeWorkingDays", rules.NoticeWorkingDays),
        ("/adHocNoticeWorkingDays", rules.AdHocNoticeWorkingDays),
        ("/issueWorkingDays", rules.IssueWorkingDays),
        ("/receiptWorkingDays", rules.ReceiptWorkingDays),
        ("/resolutionYellowWorkingDays", rules.ResolutionYellowWorkingDays),
        ("/noProgressWorkingDays", rules.NoProgressWorkingDays),
        ("/newProjectWorkingDays", rules.NewProjectWorkingDays),
        ("/aheadWorkingDays", rules.AheadWorkingDays),
    ];
}
