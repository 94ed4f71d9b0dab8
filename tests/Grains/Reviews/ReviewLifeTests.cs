using Agency.People;
using Agency.Reviews;

namespace Agency.Tests.Grains.Reviews;

/// <summary>Random lives of sessions, several departments, office and chair in turns, held against the slow model.</summary>
public sealed class ReviewLifeTests
{
    private const int Steps = 80;
    private static readonly string[] _departments = [ReviewLife.Fgw, ReviewLife.Zjj, ReviewLife.Province];
    private static readonly string[] _chairing = ["mayor", "mayor", "mayor", "mayor", "office for mayor", "office for mayor", "office", "office", "vice", "office for vice"];
    private static readonly string?[] _chairs = ["mayor", "mayor", "mayor", "vice", null];

    [Fact]
    public void A_session_is_what_the_slow_model_says()
    {
        var (done, refused, deemed) = (0, 0, 0);
        for (var seed = 1; seed <= 400; seed++)
        {
            var (random, real, slow, told) = (new Random(seed), new ReviewLife(), new SlowReview(), new List<string>());
            for (var step = 0; step < Steps; step++)
            {
                real.Now = real.Now.AddHours(random.Next(5) == 0 ? random.Next(30) : 0);
                var (what, refusal, may) = Step(random, real, slow);
                told.Add($"{real.Now:dd HH:mm:ss} {what}: {refusal}");
                Assert.True(may == (refusal is null), $"seed {seed}, the model says {may}:\n{string.Join('\n', told)}");
                if (may) done++;
                else refused++;
                if (real.State.Draft is null) continue;
                var view = real.View()!;
                Assert.True(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName($"{view.State}") == slow.State, $"seed {seed}, {view.State}, the model says {slow.State}:\n{string.Join('\n', told)}");
                foreach (var entry in view.Agenda)
                {
                    var (one, other) = (Told(entry), slow.Told(entry.Id, real.Now));
                    Assert.True(one == other, $"seed {seed}, {one}, the model says {other}:\n{string.Join('\n', told)}");
                    deemed += entry.Opinions.Count(o => o.Deemed);
                }

                Assert.Equal(slow.Resolutions, view.Resolutions.Count(r => r.State != ResolutionStatus.Withdrawn));
            }
        }

        Assert.True(done > 5000 && refused > 2000 && deemed > 500, $"{done} done, {refused} refused, {deemed} deemed");
    }

    private static string Told(AgendaEntryView entry)
    {
        return $"{entry.Id} {entry.Outcome?.ToString() ?? "open"} {string.Join(' ', entry.Subject.Departments.Select(d => $"{d}:{Counts(d)}"))}";

        string Counts(string department) => entry.Opinions.SingleOrDefault(o => o.Department == department && o.Counts) is { } o ? o.Deemed ? "(Agree)" : $"{o.Stance}" : "-";
    }

    private static (string What, string? Refusal, bool May) Step(Random random, ReviewLife real, SlowReview slow)
    {
        var entry = slow.Agenda is { Length: > 0 } all ? all[random.Next(all.Length)] : "E1";
        var department = _departments[random.Next(_departments.Length)];
        var at = real.Now.AddSeconds(1);
        var by = _chairing[random.Next(_chairing.Length)];
        var chair = _chairs[random.Next(_chairs.Length)];
        switch (real.State.Draft is null ? 0 : random.Next(1, 18))
        {
            case 0:
                var kind = random.Next(2) == 0 ? ReviewKind.JointConference : ReviewKind.WorkingReview;
                return ($"draft {kind} {chair}", real.Do(new ReviewDrafted(kind, ReviewLife.Plan with { Chair = chair })), slow.Draft(kind == ReviewKind.JointConference, chair));
            case 17 when random.Next(4) == 0:
                return ($"name {chair}", real.Do(new ReviewChanged(real.State.Plan with { Chair = chair })), slow.Name(at, chair));
            case 1 when real.State.EntriesMade < 4:
                string[] some = [.. _departments.Where(_ => random.Next(2) == 0)];
                var id = $"E{real.State.EntriesMade + 1}";
                var why = random.Next(2) == 0;
                return ($"add {some.Length} {why}", Ask(new EntryAdded("", ReviewLife.Subject(some)), "q0", why), slow.Ask(at, id, some, "q0", why));
            case 2 when slow.Agenda.Length > 0:
                string[] others = [.. _departments.Where(_ => random.Next(3) > 0)];
                var question = $"q{random.Next(2)}";

                var forReason = random.Next(2) == 0;

                // The same again is already so.
                var same = slow.IsSame(entry, others, question);
                var changed = Ask(new EntryChanged(entry, ReviewLife.Subject(others)), question, forReason);
                return ($"change {entry} {question} {others.Length} {forReason}", changed, same ? changed is null : slow.Ask(at, entry, others, question, forReason));
            case 3 when random.Next(4) == 0:
                return ($"remove {entry}", real.Do(new EntryRemoved(entry), reason: "撤"), slow.Remove(at, entry));
            case 4 or 5:
                return ("convene", real.Do(new Convened(), reason: "急"), slow.Call(at));
            case 6 when random.Next(4) == 0:
                var start = ReviewLife.Start.AddDays(random.Next(10));
                return ($"postpone {start:dd}", real.Do(new Postponed(start, null), reason: "延期"), slow.Move(at, start));
            case 7 when random.Next(10) == 0:
                return ("cancel", real.Do(new Cancelled(), reason: "不开"), slow.Cancel(at));
            case 8:
                return ("remind", real.Do(new DepartmentsReminded([])), slow.Remind(at));
            case 9:
                return ($"{by} opens", By(new Opened()), slow.Open(at, by));
            case 10 or 11 or 12:
                var stance = (Stance)random.Next(4);
                var actor = random.Next(3) == 0 ? ReviewLife.Office : ReviewLife.Of(department);
                return ($"{department} to {entry} {stance} by {actor.Role}", real.Say(department, stance, entry, actor, "第四十条"), slow.Say(at, entry, department, stance));
            case 13 or 14:
                var (outcome, count) = ((Outcome)random.Next(4), random.Next(2));
                if (outcome == Outcome.AdoptedWithConditions) outcome = Outcome.Adopted;
                return ($"{by} concludes {entry} {outcome} {count}", real.Conclude(outcome, entry, Who(), onBehalfOf: For(), resolutions: [.. Enumerable.Repeat(new ResolutionDraft(ReviewLife.Fgw, [], null, new(2026, 12, 31)), count)]), slow.Conclude(at, by, entry, outcome, count));
            case 15:
                return random.Next(2) == 0 ? ($"{by} ends", By(new Concluded()), slow.End(at, by)) : ($"{by} reopens {entry}", By(new EntryReopened(entry)), slow.Reopen(at, by, entry));
            case 16 when random.Next(3) == 0:
                return ($"{by} issues", By(new Issued(2026, 1)), slow.Issue(at, by));
            default:
                return ("a stranger speaks", real.Do(new OpinionGiven("E1", "511303-SWJ", Stance.Agree), new("x", Role.Department, "511303-SWJ")), false);
        }

        Actor Who() => by.StartsWith("office", StringComparison.Ordinal) ? ReviewLife.Office : new(by, Role.Leadership);

        string? For() => by.StartsWith("office for ", StringComparison.Ordinal) ? by["office for ".Length..] : null;

        string? By(ReviewFact command) => real.Do(command, Who(), onBehalfOf: For());

        string? Ask(ReviewFact command, string text, bool why) => real.Do(command, reason: why ? "急" : null, texts: (ReviewFact.Question, text));
    }
}
