export { DoctorPage } from './DoctorPage.tsx';
