using Agency.Approvals;
using Agency.EventSourcing;
using Agency.Reviews;

namespace Agency.Reminders;

/// <summary>Checks the rules of reminders.</summary>
internal static class ReminderCheck
{
    private const int Furthest = 366;

    public static IEnumerable<Fault> Run(ReminderRules rules)
    {
        if (rules.WorkFrom >= rules.WorkTo) yield return Fault.Of("/workTo", "not-after", ("from", $"{rules.WorkFrom:HH:mm}"));
        foreach (var kind in Enum.GetValues<ReviewKind>())
        {
            if (string.IsNullOrWhiteSpace(rules.Sessions.GetValueOrDefault(FactJson.Name(kind)))) yield return Fault.Of($"/sessions/{FactJson.Name(kind)}", "bad-text", ("max", StepForm.LongestText));
        }

        foreach (var (index, rule) in rules.Rules.Index())
        {
            foreach (var fault in Steps(rule, $"/rules/{index}/steps")) yield return fault;
            foreach (var (member, sentence) in (IEnumerable<(string, string)>)[("title", rule.Title), ("titleEn", rule.TitleEn), ("text", rule.Text), ("textEn", rule.TextEn)])
            {
                foreach (var name in ReminderValues.In(sentence).Except(ReminderValues.Names(rule.About))) yield return Fault.Of($"/rules/{index}/{member}", "unknown-value", ("name", name));
            }
        }
    }

    private static IEnumerable<Fault> Steps(ReminderRule rule, string at)
    {
        if (rule.About is null != rule.Steps.IsEmpty) yield return Fault.Of(at, "steps-of-matter");
        foreach (var (i, step) in rule.Steps.Index())
        {
            if (Math.Abs(step.Days) > Furthest) yield return Fault.Of($"{at}/{i}/days", "bad-number", ("min", -Furthest), ("max", Furthest));
            if (i > 0 && step.Days <= rule.Steps[i - 1].Days) yield return Fault.Of($"{at}/{i}/days", "not-after", ("from", rule.Steps[i - 1].Days));
            if (step.Every is < 1 or > Furthest) yield return Fault.Of($"{at}/{i}/every", "bad-number", ("min", 1), ("max", Furthest));
            if (step.Every is not null && i < rule.Steps.Length - 1) yield return Fault.Of($"{at}/{i}/every", "last-step-repeats");
            if (step.To.IsEmpty) yield return Fault.Of($"{at}/{i}/to", "nobody-named");
        }
    }
}
