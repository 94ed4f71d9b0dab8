using Agency.Calendar;
using Agency.Mandates;
using Agency.People;
using Agency.Projects;

namespace Agency.Services;

/// <summary>Who has to do what next for the service to a project.</summary>
internal static class ServiceActions
{
    public static IEnumerable<NextAction> Of(ProjectState state, WorkingCalendar calendar)
    {
        var service = state.Service;
        if (service.Manager is null && state.CompletedOn is null) yield return Office(ActionKind.AppointManager, null);
        switch (service.Mandate)
        {
            case { Status: MandateStatus.Requested } mandate:
                yield return Office(ActionKind.AnswerMandate, calendar.Add(mandate.RequestedOn, MandateView.AnswerDays));
                break;
            case { Status: MandateStatus.Accepted }:
                yield return Office(ActionKind.SignAgreement, null);
                break;
            case { Status: MandateStatus.Agreed, AgreedOn: { } agreed } mandate:
                yield return Office(ActionKind.AppointClerk, mandate.Clerks.IsEmpty ? calendar.Add(agreed, MandateView.ClerkDays) : null);
                break;
        }
    }

    private static NextAction Office(ActionKind what, DateOnly? by) => new(null, Role.Office, null, what, by);
}
